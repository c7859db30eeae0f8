import { z } from 'zod';
import { BackupKind, newestFirst } from '../backup.ts';
import { humanBytes } from '../units.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';

export const maximumStorageInMegabytes = z
  .number()
  .nonnegative()
  .nullable()
  .optional()
  .describe(
    'The backups of one kind (full, databases, files) take no more at a destination. Left out: what a clean leaves there, by "keep" or "keepAt". null not to look.',
  );

const bytesInMegabyte = 1024 ** 2;

/**
 * The backups of each kind take no more than so many megabytes; 1 MB is 1,048,576 bytes. Kind by kind, because a clean
 * counts so: with one limit for both, what is told here is gone after the next clean, or the newest alone is too large.
 */
export function maximumStorage(megabytes: number | null): HealthCheck {
  return {
    name: 'storage',
    judge({ destination, backups }, { app, isOnlyWatched }) {
      if (megabytes === null) return undefined;
      const isTooLarge = (some: readonly WatchedBackup[]) => sizeOf(some) > megabytes * bytesInMegabyte;
      const series = seriesIn(backups);
      const tooLarge = series.filter(isTooLarge);
      if (tooLarge.length === 0) return undefined;

      const limit = `${megabytes.toLocaleString('en-US')} MB`;
      const sentences = tooLarge.map((each) => {
        const kind = series.length > 1 ? nameOf(each) : 'backups';
        return `The ${kind} of ${app} take ${humanBytes(sizeOf(each))} in ${destination}, more than the ${limit} they may.`;
      });
      const newestAlone = tooLarge.every((each) => isTooLarge(newestFirst(each).slice(0, 1)));
      const makeRoom = isOnlyWatched ? cleanElsewhere : clean;
      return { problem: sentences.join(' '), advice: newestAlone ? raise(app) : makeRoom(app) };
    },
  };
}

function seriesIn(backups: readonly WatchedBackup[]): WatchedBackup[][] {
  const series = BackupKind.options.map((of) => backups.filter(({ kind }) => kind === of));
  return series.filter(({ length }) => length > 0);
}

function sizeOf(backups: readonly WatchedBackup[]): number {
  return backups.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
}

function nameOf([first]: readonly WatchedBackup[]): string {
  const names = { full: 'full backups', db: 'backups of databases', files: 'backups of files' };
  return names[first?.kind ?? 'full'];
}

function clean(app: string): string {
  return `See what can go with /backup clean ${app} --dry-run, or raise the limit.`;
}

function cleanElsewhere(app: string): string {
  return `Have it cleaned where it is backed up, or raise maximumStorageInMegabytes of apps.${app}.`;
}

function raise(app: string): string {
  return `The newest alone is larger, and a clean never removes it. Raise maximumStorageInMegabytes of apps.${app}, or back up less.`;
}
