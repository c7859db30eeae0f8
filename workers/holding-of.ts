import { newestFirst } from '../src/domain/backup.ts';
import type { WatchedBackup } from '../src/domain/health/check.ts';
import type { DestinationFacts, HealthLimits } from '../src/domain/health/registry.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { Holding } from '../src/domain/report.ts';
import { verificationOf } from '../src/domain/verification.ts';
import type { App } from './app.ts';

/** What a look at a destination found of an app, in numbers. */
export function holdingOf(
  { name: app }: Pick<App, 'name'>,
  facts: DestinationFacts,
  limits: HealthLimits,
): Holding {
  const { destination } = facts;
  if (!facts.reachable)
    return { reachable: false, app, destination, problem: facts.problem, writeOnly: facts.writeOnly };
  const { backups } = facts;
  const [newest] = newestFirst(backups);
  const verification = verificationOf(backups.map(({ last }) => last));
  return {
    ...{ reachable: true, app, destination, count: backups.length },
    totalInBytes: backups.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0),
    ...limitOf(backups, limits),
    ...(verification && { verification }),
    ...(newest && { newest: listed(newest) }),
  };
}

/** A single backup as reports carry it. */
export function listed({ key, kind, takenAt, sizeInBytes, last }: WatchedBackup) {
  return { key, backup: kind, takenAt: toInstant(takenAt), sizeInBytes, ...(last && { last }) };
}

/** Each kind of backup has the limit for itself. */
function limitOf(
  backups: readonly WatchedBackup[],
  { maximumStorageInMegabytes: megabytes }: HealthLimits,
): { limitInBytes?: number } {
  if (megabytes === null) return {};
  const kinds = new Set(backups.map(({ kind }) => kind));
  return { limitInBytes: Math.round(megabytes * 1024 ** 2) * Math.max(1, kinds.size) };
}
