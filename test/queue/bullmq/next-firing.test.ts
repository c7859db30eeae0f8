import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { nextFiring } from '../../../src/queue/bullmq/next-firing.ts';

const brussels = (time: string) => DateTime.fromISO(time, { zone: 'Europe/Brussels' }).toMillis();

describe('the next firing of a schedule', () => {
  const nightly = { pattern: '30 2 * * *', tz: 'Europe/Brussels' };

  it('comes once in the night in which the clocks show its time twice', () => {
    const first = nextFiring(brussels('2026-10-25T00:00'), nightly);
    const second = nextFiring(Number(first), nightly);

    expect([first, second]).toEqual([
      Date.parse('2026-10-25T00:30:00Z'), // 02:30 CEST; the 02:30 CET an hour later is none.
      brussels('2026-10-26T02:30'),
    ]);
  });

  it('comes also in the night in which the clocks skip its time', () => {
    expect(nextFiring(brussels('2026-03-29T00:00'), nightly)).toBe(brussels('2026-03-29T03:30'));
  });

  it('may be told to the second', () => {
    expect(nextFiring(0, { pattern: '*/5 * * * * *', tz: 'UTC' })).toBe(5_000);
  });
});
