import type { DateTime } from 'luxon';

/** One way to say which backups of a series stay. Strategies know nothing of sizes, kinds or destinations. */
export interface Strategy {
  /**
   * A verdict for each of `series`, which are newest first, without the newest of the series, which stays whatever a
   * strategy thinks of it, and without those dated in the future. `now` is in the app's zone, which is where days begin.
   */
  judge<Item extends Dated>(series: readonly Item[], now: DateTime): Judged<Item>[];
}

/** Anything with the instant it is of, in milliseconds: comparing the dates of a hundred thousand backups takes too long. */
export interface Dated {
  readonly at: number;
}

export type Judged<Item> = readonly [item: Item, verdict: Verdict];

/** What becomes of a backup, and why: `newest of week 2026-W41`. */
export interface Verdict {
  readonly stays: boolean;
  readonly reason: string;
}

export function stays(reason: string): Verdict {
  return { stays: true, reason };
}

export function goes(reason: string): Verdict {
  return { stays: false, reason };
}
