import { newestFirst } from '../backup.ts';
import { humanCount, humanList } from '../units.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';

const mostNamed = 3;

/** Beside each archive lies its manifest; without it nobody can tell whether the archive is whole. */
export function manifests(): HealthCheck {
  return {
    name: 'manifest',
    judge({ destination, backups }, { runningSince }) {
      const without = newestFirst(backups)
        .filter(({ hasManifest }) => !hasManifest)
        // The manifest of an archive is written after it: that of the run under way may be about to come.
        .filter(({ takenAt }) => runningSince === undefined || takenAt < runningSince);
      if (without.length === 0) return undefined;
      const one = without.length === 1;
      return {
        problem: `${named(without)} ${one ? 'lies' : 'lie'} in ${destination} without ${one ? 'its manifest' : 'their manifests'}.`,
        advice: 'Do not rely on it before it has been tried: its run did not end well.',
      };
    },
  };
}

function named(backups: readonly WatchedBackup[]): string {
  const others = backups.length - mostNamed;
  const keys = backups.slice(0, mostNamed).map(({ key }) => key);
  return humanList(others > 0 ? [...keys, humanCount(others, 'other')] : keys);
}
