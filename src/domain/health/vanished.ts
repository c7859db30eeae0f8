import { z } from 'zod';
import { newestFirst } from '../backup.ts';
import type { HealthCheck } from './check.ts';
import { named } from './named.ts';

export const reportRemovedByOthers = z
  .boolean()
  .default(true)
  .describe(
    'Report a backup that is missing though no clean of Holdfast removed it. false where something else may remove backups, such as a lifecycle rule of the bucket.',
  );

/** Nothing is left of a backup that Holdfast stored and did not remove: only its own memory can tell that it was there. */
export function vanished(isReported: boolean): HealthCheck {
  return {
    name: 'vanished',
    judge({ destination, vanished = [] }, { app, isBeingCleaned = false, isOnlyWatched = false }) {
      const missing = newestFirst(vanished);
      if (!isReported || missing.length === 0) return undefined;
      if (isBeingCleaned) return 'undecided';
      const one = missing.length === 1;
      const confirmed = isOnlyWatched
        ? 'Once a clean is confirmed where it is backed up'
        : `Once you confirm /backup clean ${app}`;
      return {
        problem: `${named(missing)} ${one ? 'has' : 'have'} vanished from ${destination} with ${one ? 'its manifest' : 'their manifests'}: Holdfast stored ${one ? 'it' : 'them'} there and did not remove ${one ? 'it' : 'them'}.`,
        advice: `Find out who removed ${one ? 'it' : 'them'}. ${confirmed}, this is no longer reported.`,
      };
    },
  };
}
