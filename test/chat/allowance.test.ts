import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowance, type Limit } from '../../src/chat/allowance.ts';

describe('an allowance', () => {
  it('lets through at once what its limits leave room for, and says how long the next has to wait', () => {
    const twoASecond = allowance([{ count: 2, inMs: 1000 }]);

    const waits = [0, 100, 200, 1100].map((now) => {
      const wait = twoASecond.waitInMs(now);
      if (wait === 0) twoASecond.take(now);
      return wait;
    });

    expect(waits).toEqual([0, 0, 800, 0]);
  });

  it('keeps every limit for whoever waits as long as it says', () => {
    const limits: Limit[] = [
      { count: 1, inMs: 1000 },
      { count: 20, inMs: 60_000 },
    ];
    const pauses = fc.array(fc.nat(5000), { maxLength: 80 });

    fc.assert(
      fc.property(pauses, (pauses) => {
        const times = timesOf(pauses, limits);

        for (const { count, inMs } of limits)
          for (const [i, at] of times.entries()) {
            const earlier = times[i - count];
            expect(earlier === undefined || at - earlier >= inMs).toBe(true);
          }
      }),
      { numRuns: 50 },
    );
  });
});

/** When things happen that are each wanted so long after the last, and wait as long as they are told. */
function timesOf(pauses: readonly number[], limits: readonly Limit[]): number[] {
  const kept = allowance(limits);
  let now = 0;
  return pauses.map((pause) => {
    now += pause;
    now += kept.waitInMs(now);
    kept.take(now);
    return now;
  });
}
