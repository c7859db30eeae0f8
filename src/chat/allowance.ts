/** At most `count` in any `inMs` milliseconds. */
export interface Limit {
  readonly count: number;
  readonly inMs: number;
}

/** How often something may be done. It only counts; whoever asks does the waiting. */
export interface Allowance {
  /** How long to wait until one more keeps every limit; 0 when it does already. */
  waitInMs(now: number): number;
  /** Counts one that is done now. */
  take(now: number): void;
}

/** Keeps several limits at once, such as one a second and twenty a minute. `now` is in milliseconds and never runs back. */
export function allowance(limits: readonly Limit[]): Allowance {
  const longest = Math.max(0, ...limits.map(({ inMs }) => inMs));
  let taken: number[] = [];

  return {
    waitInMs: (now) => Math.max(0, ...limits.map((limit) => waitFor(limit, taken, now))),
    take(now) {
      taken = [...taken.filter((at) => at > now - longest), now];
    },
  };
}

/** One more fits once the last of `count` that came before it is long enough ago. */
function waitFor({ count, inMs }: Limit, taken: readonly number[], now: number): number {
  const lastThatCounts = taken.at(-count);
  return lastThatCounts === undefined ? 0 : lastThatCounts + inMs - now;
}
