import type { PictureRow } from '../../domain/digest/digest-picture.ts';
import { humanBytes } from '../../domain/units.ts';

/** What the days of a row come to: `204 MiB, 3 failed`, the newest size. */
export function sumUp({ sizes, failures }: PictureRow): string {
  const newest = sizes.findLast((size) => size !== null) ?? undefined;
  const failed = failures.reduce((all, day) => all + day, 0);
  if (newest === undefined)
    return failed > 0 ? `${failed.toLocaleString('en-US')} failed, none stored` : 'no run';
  return failed > 0 ? `${humanBytes(newest)}, ${failed.toLocaleString('en-US')} failed` : humanBytes(newest);
}

/** `2.0 GiB of 4.9 GiB` */
export function storageWords({ storageInBytes: held, limitInBytes: limit }: PictureRow): string {
  if (held === undefined) return 'storage unknown';
  if (limit === undefined) return `${humanBytes(held)}, no limit`;
  return `${held > limit ? 'over: ' : ''}${humanBytes(held)} of ${humanBytes(limit)}`;
}
