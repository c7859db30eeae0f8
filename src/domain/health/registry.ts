import type { z } from 'zod';
import type { RetentionPolicy } from '../retention/registry.ts';
import { strict } from '../strict.ts';
import { CheckName, type HealthCheck, type HealthFailure, type Holdings, type Watch } from './check.ts';
import { damage } from './damage.ts';
import { freeSpace, minimumFreeInMegabytes } from './free-space.ts';
import { manifests } from './manifests.ts';
import { maximumAge, maximumAgeInDays } from './maximum-age.ts';
import { maximumStorage, maximumStorageInMegabytes } from './maximum-storage.ts';
import { minimumSize, minimumSizeInPercent } from './minimum-size.ts';
import { missedRun } from './missed-run.ts';
import { unreachable } from './reachable.ts';
import { reportRemovedByOthers, vanished } from './vanished.ts';
import type { HealthVerdict } from './verdict.ts';

/** What counts as healthy. */
export const HealthOptions = strict({
  maximumAgeInDays,
  maximumStorageInMegabytes,
  minimumSizeInPercent,
  minimumFreeInMegabytes,
  reportRemovedByOthers,
});
export type HealthOptions = z.infer<typeof HealthOptions>;

/** What counts as healthy at one destination. */
export type HealthLimits = HealthOptions & { readonly maximumStorageInMegabytes: number | null };

/** Where nothing is said of storage, what a clean leaves at the destination is healthy. */
export function limitsAt(
  options: HealthOptions,
  keep: Pick<RetentionPolicy, 'maximumStorageInMegabytes'>,
): HealthLimits {
  const { maximumStorageInMegabytes = keep.maximumStorageInMegabytes } = options;
  return { ...options, maximumStorageInMegabytes };
}

/** What was found of an app at one destination, or why nothing could be. */
export type DestinationFacts = ({ readonly reachable: true } & Holdings) | Unreachable;

export interface Unreachable {
  readonly reachable: false;
  readonly destination: string;
  readonly problem: string;
  /** The credentials may write there and not look: nothing is wrong with that, and nothing can be told. */
  readonly writeOnly: boolean;
}

/** Everything that is wrong with an app at one destination; of one that is not reached, only that. */
export function judgeHealth(facts: DestinationFacts, watch: Watch, limits: HealthLimits): HealthVerdict {
  const { app } = watch;
  const { destination } = facts;
  if (!facts.reachable && facts.writeOnly)
    return { app, destination, failures: [], undecided: [...CheckName.options] };
  if (!facts.reachable) return unreachable(app, destination, facts.problem);

  return judged(checks(limits), facts, watch);
}

/**
 * What a clean has to see before it removes anything: backups that are not what was stored, and those that somebody else removed.
 * All else stays open.
 */
export function judgeEvidence(
  holdings: Holdings,
  watch: Watch,
  options: Pick<HealthOptions, 'reportRemovedByOthers'>,
): HealthVerdict {
  const checks = evidenceChecks(options);
  const names = new Set(checks.map(({ name }) => name));
  const verdict = judged(checks, holdings, watch);
  const open = CheckName.options.filter((name) => !names.has(name));
  return { ...verdict, undecided: [...verdict.undecided, ...open] };
}

function judged(checks: readonly HealthCheck[], holdings: Holdings, watch: Watch): HealthVerdict {
  const failures: HealthFailure[] = [];
  const undecided: CheckName[] = [];
  for (const check of checks) {
    const finding = check.judge(holdings, watch);
    if (finding === 'undecided') undecided.push(check.name);
    else if (finding !== undefined) failures.push({ check: check.name, ...finding });
  }
  return { app: watch.app, destination: holdings.destination, failures, undecided };
}

function evidenceChecks({
  reportRemovedByOthers,
}: Pick<HealthOptions, 'reportRemovedByOthers'>): HealthCheck[] {
  return [manifests(), vanished(reportRemovedByOthers)];
}

function checks(limits: HealthLimits): HealthCheck[] {
  return [
    maximumAge(limits.maximumAgeInDays),
    missedRun(),
    maximumStorage(limits.maximumStorageInMegabytes),
    minimumSize(limits.minimumSizeInPercent),
    ...evidenceChecks(limits),
    damage(),
    freeSpace(limits.minimumFreeInMegabytes),
  ];
}
