import { z } from 'zod';
import { type Backup, BackupKind, newestFirst } from '../backup.ts';
import { humanBytes, humanList } from '../units.ts';
import type { HealthCheck } from './check.ts';

export const minimumSizeInPercent = z
  .number()
  .min(0)
  .max(100)
  .nullable()
  .default(50)
  .describe(
    'The newest backup has at least this share of the median of the seven before it. null not to look.',
  );

const compared = 7;

/** Fewer say nothing about what is usual. */
const fewest = 3;

/**
 * The newest backup of each kind is at least so many percent of the median of the seven before it. One that has shrunk is
 * often one that has lost a folder or a database.
 */
export function minimumSize(percent: number | null): HealthCheck {
  return {
    name: 'size',
    judge({ destination, backups }, { app, now }) {
      if (percent === null) return undefined;
      const past = newestFirst(backups).filter(({ takenAt }) => takenAt <= now);
      const series = BackupKind.options.map((of) => past.filter(({ kind }) => kind === of));
      const shrunk = series.flatMap((each) => shrinkage(each, percent) ?? []);
      if (shrunk.length === 0) return undefined;
      return {
        problem: `In ${destination}, ${humanList(shrunk)}.`,
        advice: `Look whether something is missing from it: /backup list ${app}`,
      };
    },
  };
}

/** What to say of a series, newest first, whose newest is too small. */
function shrinkage([newest, ...before]: readonly Sized[], percent: number): string | undefined {
  const sizes = before.slice(0, compared).map(({ sizeInBytes }) => sizeInBytes);
  if (newest === undefined || sizes.length < fewest) return undefined;

  const usual = median(sizes);
  if (newest.sizeInBytes >= (usual * percent) / 100) return undefined;
  const share = Math.floor((newest.sizeInBytes / usual) * 100);
  return `${newest.key} has ${humanBytes(newest.sizeInBytes)}, ${share} % of the usual ${humanBytes(usual)}`;
}

type Sized = Pick<Backup, 'key' | 'sizeInBytes'>;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
