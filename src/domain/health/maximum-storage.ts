import { z } from 'zod';
import { humanBytes } from '../units.ts';
import type { HealthCheck } from './check.ts';

export const maximumStorageInMegabytes = z
  .number()
  .nonnegative()
  .nullable()
  .default(5_000)
  .describe('The backups of an app take no more at a destination, all kinds together. null not to look.');

/** All backups of the app together take no more than so many megabytes; 1 MB is 1,048,576 bytes. */
export function maximumStorage(megabytes: number | null): HealthCheck {
  return {
    name: 'storage',
    judge({ destination, backups }, { app }) {
      if (megabytes === null) return undefined;
      const total = backups.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
      if (total <= megabytes * 1024 ** 2) return undefined;
      const limit = `${megabytes.toLocaleString('en-US')} MB`;
      return {
        problem: `The backups of ${app} take ${humanBytes(total)} in ${destination}, more than the ${limit} they may.`,
        advice: `See what can go with /backup clean ${app} --dry-run, or raise the limit.`,
      };
    },
  };
}
