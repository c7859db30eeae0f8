import { z } from 'zod';
import type { Backup } from '../backup.ts';

const bytesInMegabyte = 1024 ** 2;

export const maximumStorageInMegabytes = z
  .number()
  .nonnegative()
  .nullable()
  .default(5_000)
  .describe(
    'When the backups of an app take more at a destination, the oldest go until they fit (1 MB is 1,048,576 bytes). null for no limit.',
  );

/**
 * Those of `backups`, which are newest first, that go so that the rest takes no more than the limit: the oldest first,
 * never one that is `spared`, though it takes room too.
 */
export function overLimit<B extends Pick<Backup, 'sizeInBytes'>>(
  backups: readonly B[],
  megabytes: number | null,
  spared: (backup: B) => boolean,
): Set<B> {
  const going = new Set<B>();
  if (megabytes === null) return going;

  let total = backups.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
  for (const backup of backups.toReversed()) {
    if (total <= megabytes * bytesInMegabyte) break;
    if (spared(backup)) continue;
    going.add(backup);
    total -= backup.sizeInBytes;
  }
  return going;
}
