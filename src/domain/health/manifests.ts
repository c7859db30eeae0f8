import { newestFirst } from '../backup.ts';
import { humanCount, humanList } from '../units.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';

const mostNamed = 3;

/**
 * Archives and manifests lie beside each other. Without its manifest nobody can tell whether an archive is whole; a manifest
 * alone is what is left of an archive that somebody else removed, as a clean removes both.
 */
export function manifests(): HealthCheck {
  return {
    name: 'manifest',
    judge({ destination, backups, gone }, { app, now, runningSince = now, isBeingCleaned = false }) {
      // The manifest of an archive is written after it: that of the run under way may be about to come.
      const isSettled = ({ takenAt }: Named) => takenAt < runningSince;
      const bare = newestFirst(backups.filter(({ hasManifest }) => !hasManifest)).filter(isSettled);
      const missing = newestFirst(gone).filter(isSettled);
      if (bare.length + missing.length === 0) return undefined;
      if (isBeingCleaned) return 'undecided';

      return {
        problem: [...bareWords(bare, destination), ...missingWords(missing, destination)].join(' '),
        advice: bare.length > 0 ? doNotRely : findOut(app),
      };
    },
  };
}

type Named = Pick<WatchedBackup, 'key' | 'takenAt'>;

const doNotRely = 'Do not rely on it before it has been tried: its run did not end well.';

function findOut(app: string): string {
  return `Find out who removed it. What is left is taken away by the next clean: /backup clean ${app}`;
}

function bareWords(bare: readonly Named[], destination: string): string[] {
  if (bare.length === 0) return [];
  const one = bare.length === 1;
  return [
    `${named(bare)} ${one ? 'lies' : 'lie'} in ${destination} without ${one ? 'its manifest' : 'their manifests'}.`,
  ];
}

function missingWords(missing: readonly Named[], destination: string): string[] {
  if (missing.length === 0) return [];
  const one = missing.length === 1;
  return [
    `${named(missing)} ${one ? 'is' : 'are'} no longer in ${destination}, but ${one ? 'its manifest is' : 'their manifests are'}: no clean of Holdfast ended so.`,
  ];
}

function named(backups: readonly Named[]): string {
  const others = backups.length - mostNamed;
  const keys = backups.slice(0, mostNamed).map(({ key }) => key);
  return humanList(others > 0 ? [...keys, humanCount(others, 'other')] : keys);
}
