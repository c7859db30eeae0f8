/** How patient the queue is, in milliseconds. */
export interface Pace {
  /** A job whose worker has not been heard of for so long is handed to another one. */
  readonly lockMs: number;
  /** How often workers look for such jobs. */
  readonly stalledCheckMs: number;
  /** The pause before the second try; it doubles with every further one. */
  readonly firstPauseMs: number;
  /** And ends here. */
  readonly longestPauseMs: number;
  /** How often workers look for jobs that would wait too long, as a clock was ahead. */
  readonly lateCheckMs: number;
}

/** A worker that loses its server for less than a minute keeps its job. */
export const usualPace: Pace = {
  lockMs: 60_000,
  stalledCheckMs: 30_000,
  firstPauseMs: 2_000,
  longestPauseMs: 10 * 60_000,
  lateCheckMs: 60_000,
};

/** The pause after so many failed tries. */
export function pauseAfter(tries: number, { firstPauseMs, longestPauseMs }: Pace): number {
  return Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);
}
