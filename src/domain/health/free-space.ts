import { z } from 'zod';
import { newestFirst } from '../backup.ts';
import { humanBytes } from '../units.ts';
import type { HealthCheck } from './check.ts';

export const minimumFreeInMegabytes = z
  .number()
  .nonnegative()
  .nullable()
  .default(500)
  .describe(
    'What is to stay free on the disk of a local destination besides the next backup. null not to look.',
  );

/** A folder has room for the next backup, taken to be as large as the newest, and for so many megabytes besides. */
export function freeSpace(megabytes: number | null): HealthCheck {
  return {
    name: 'free-space',
    judge({ destination, backups, freeInBytes }, { app, isOnlyWatched }) {
      if (megabytes === null || freeInBytes === undefined) return undefined;

      const expected = newestFirst(backups)[0]?.sizeInBytes ?? 0;
      if (freeInBytes >= expected + megabytes * 1024 ** 2) return undefined;
      const spare = `${megabytes.toLocaleString('en-US')} MB`;
      return {
        problem: `Only ${humanBytes(freeInBytes)} are free in ${destination}. The next backup of ${app} takes about ${humanBytes(expected)}, and ${spare} are to stay free.`,
        advice: isOnlyWatched
          ? 'Make room on its disk, or have it cleaned where it is backed up.'
          : `Make room on its disk, or see what can go with /backup clean ${app} --dry-run.`,
      };
    },
  };
}
