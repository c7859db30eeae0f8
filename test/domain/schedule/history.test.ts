import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { continued, dueBetween, newHistory, owedAt } from '../../../src/domain/schedule/history.ts';
import { firingsBetween, type Schedule } from '../../../src/domain/schedule.ts';

/** Some weeks before the clocks change. */
const start = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' });
const atMost = 10_000;

/** A month of schedules takes a while to compute. */
const numRuns = 40;

const schedules = fc.record({
  cron: fc.constantFrom('30 2 * * *', '0 */6 * * *', '15 1,13 * * 1-5', '0 0 1 * *', '*/40 2 * * *'),
  zone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York', 'Australia/Lord_Howe'),
});

/** So many minutes later the schedule is seen to; it may become another one, or none at all. */
const changes = fc.array(
  fc.record({
    minutes: fc.integer({ min: 0, max: 20 * 24 * 60 }),
    schedule: fc.option(schedules, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('the history of a schedule', () => {
  it('owes each firing once, by the schedule that held when it was due, whatever the changes', () => {
    fc.assert(
      fc.property(schedules, changes, (first, later) => {
        const { owed, due } = lifeOf(first, later);

        expect(owed).toEqual(due);
      }),
      { numRuns },
    );
  });

  it('still tells all that was due after everything has been seen to', () => {
    fc.assert(
      fc.property(schedules, changes, (first, later) => {
        const { history, due, end } = lifeOf(first, later);

        expect(millis(dueBetween(history, start, end, atMost))).toEqual(due);
        expect(owedAt(history, end, atMost)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('forgets what was noted while a clock was ahead', () => {
    const daily = { cron: '30 2 * * *', zone: 'UTC' };
    const ahead = newHistory(daily, start.plus({ years: 1 }));

    const history = continued(ahead, daily, start);

    expect(owedAt(history, start.plus({ days: 2 }), atMost)).toHaveLength(2);
  });
});

/** What a history owes each time that it is seen to, and what was due by the calendar. */
function lifeOf(first: Schedule, later: readonly { minutes: number; schedule: Schedule | undefined }[]) {
  const owed: DateTime[] = [];
  const due: DateTime[] = [];
  let history = newHistory(first, start);
  let held: Schedule | undefined = first;
  let now = start;
  for (const { minutes, schedule } of later) {
    const then = now.plus({ minutes });
    owed.push(...owedAt(history, then, atMost));
    if (held !== undefined) due.push(...firingsBetween(held, now, then, atMost));
    history = continued(history, schedule, then);
    held = schedule;
    now = then;
  }
  return { history, owed: millis(owed), due: millis(due), end: now };
}

function millis(instants: readonly DateTime[]): number[] {
  return instants.map((instant) => instant.toMillis());
}
