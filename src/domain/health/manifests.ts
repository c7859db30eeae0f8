import { newestFirst } from '../backup.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';
import { named } from './named.ts';

/**
 * Archives and manifests lie beside each other and agree. Without its manifest, or unlike it, an archive is not known to be a
 * backup; a manifest alone is what is left of an archive that somebody else removed, as a clean removes both.
 */
export function manifests(): HealthCheck {
  return {
    name: 'manifest',
    judge({ destination, backups, gone }, watch) {
      const { app, now, runningSince = now, isBeingCleaned = false, isOnlyWatched = false } = watch;
      // The manifest of an archive is written after it: that of the run under way may be about to come.
      const isSettled = ({ takenAt }: Named) => takenAt < runningSince;
      const bare = newestFirst(backups.filter(({ hasManifest }) => !hasManifest)).filter(isSettled);
      const doubted = newestFirst(backups.filter(isDoubted));
      const missing = newestFirst(gone).filter(isSettled);
      if (bare.length + doubted.length + missing.length === 0) return undefined;
      if (isBeingCleaned) return 'undecided';

      const sentences = [
        ...bareWords(bare, destination),
        ...doubtWords(doubted, destination),
        ...missingWords(missing, destination),
      ];
      return {
        problem: sentences.join(' '),
        advice: [
          ...(bare.length + doubted.length > 0 ? [doNotRely] : []),
          ...(missing.length > 0 ? [isOnlyWatched ? findOutElsewhere : findOut(app)] : []),
        ].join(' '),
      };
    },
  };
}

type Named = Pick<WatchedBackup, 'key' | 'takenAt'>;

type Doubted = WatchedBackup & { readonly doubt: string };

function isDoubted(backup: WatchedBackup): backup is Doubted {
  return backup.hasManifest && backup.doubt !== undefined;
}

const doNotRely =
  'No clean counts or removes it. Try whether it can be unpacked before you rely on it, and remove it if it cannot.';

const findOutElsewhere =
  'Find out who removed it. Once it is cleaned where it is backed up, what is left is removed and this is no longer reported.';

function findOut(app: string): string {
  return `Find out who removed it. Once you confirm /backup clean ${app}, what is left is removed and this is no longer reported.`;
}

function bareWords(bare: readonly Named[], destination: string): string[] {
  if (bare.length === 0) return [];
  const one = bare.length === 1;
  return [
    `${named(bare)} ${one ? 'lies' : 'lie'} in ${destination} without ${one ? 'its manifest' : 'their manifests'}.`,
  ];
}

/** The newest one is enough to begin with. */
function doubtWords([first, ...others]: readonly Doubted[], destination: string): string[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` Doubtful as well: ${named(others)}.`;
  return [`${first.key} in ${destination} ${first.doubt}.${more}`];
}

function missingWords(missing: readonly Named[], destination: string): string[] {
  if (missing.length === 0) return [];
  const one = missing.length === 1;
  return [
    `${named(missing)} ${one ? 'is' : 'are'} no longer in ${destination}, but ${one ? 'its manifest is' : 'their manifests are'}: no clean of Holdfast ended so.`,
  ];
}
