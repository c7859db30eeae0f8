import { z } from 'zod';
import type { Backup } from '../backup.ts';
import { goes, type Judged } from './strategy.ts';

const bytesInMegabyte = 1024 ** 2;

export const maximumStorageInMegabytes = z
  .number()
  .nonnegative()
  .nullable()
  .default(5_000)
  .describe(
    'When the backups of one kind take more at a destination, the oldest go until they fit (1 MB is 1,048,576 bytes). null for no limit.',
  );

/** Lets go of the oldest that would have stayed until the rest of the series, which is newest first, fits; never of the newest. */
export function withinLimit<Item extends { readonly backup: Pick<Backup, 'sizeInBytes'> }>(
  series: readonly Judged<Item>[],
  megabytes: number | null,
): readonly Judged<Item>[] {
  if (megabytes === null) return series;

  const tooLarge = goes(`over ${megabytes.toLocaleString('en-US')} MB, oldest first`);
  let total = 0;
  return series.map((judged, place) => {
    const [item, { stays }] = judged;
    if (stays) total += item.backup.sizeInBytes;
    const fits = place === 0 || total <= megabytes * bytesInMegabyte;
    return stays && !fits ? [item, tooLarge] : judged;
  });
}
