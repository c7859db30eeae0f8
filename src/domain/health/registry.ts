import type { z } from 'zod';
import { strict } from '../strict.ts';
import type { HealthCheck, HealthFailure, Holdings, Watch } from './check.ts';
import { freeSpace, minimumFreeInMegabytes } from './free-space.ts';
import { manifests } from './manifests.ts';
import { maximumAge, maximumAgeInDays } from './maximum-age.ts';
import { maximumStorage, maximumStorageInMegabytes } from './maximum-storage.ts';
import { minimumSize, minimumSizeInPercent } from './minimum-size.ts';
import { missedRun } from './missed-run.ts';
import { unreachable } from './reachable.ts';

/** What counts as healthy. */
export const HealthOptions = strict({
  maximumAgeInDays,
  maximumStorageInMegabytes,
  minimumSizeInPercent,
  minimumFreeInMegabytes,
});
export type HealthOptions = z.infer<typeof HealthOptions>;

/** What was found of an app at one destination, or why nothing could be. */
export type DestinationFacts =
  | ({ readonly reachable: true } & Holdings)
  | { readonly reachable: false; readonly destination: string; readonly problem: string };

/** Everything that is wrong with an app at one destination; of one that is not reached, only that. */
export function failuresAt(facts: DestinationFacts, watch: Watch, options: HealthOptions): HealthFailure[] {
  if (!facts.reachable) return [unreachable(watch.app, facts.destination, facts.problem)];
  return checks(options).flatMap((check) => {
    const finding = check.judge(facts, watch);
    return finding === undefined ? [] : [{ check: check.name, ...finding }];
  });
}

function checks(options: HealthOptions): HealthCheck[] {
  return [
    maximumAge(options.maximumAgeInDays),
    missedRun(),
    maximumStorage(options.maximumStorageInMegabytes),
    minimumSize(options.minimumSizeInPercent),
    manifests(),
    freeSpace(options.minimumFreeInMegabytes),
  ];
}
