import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Pause } from '../firing.ts';
import { fromInstant, Instant, toInstant } from '../instant.ts';
import { firingsBetween, type Schedule } from '../schedule.ts';

/** From when on which schedule held; without one, nothing was due. */
const Period = z.object({
  from: Instant,
  schedule: z.object({ cron: z.string(), zone: z.string() }).optional(),
});

/**
 * What a chore's schedule was and is, and up to when its firings have been seen to. Kept apart from the schedule in the queue, which
 * forgets what was due when it is replaced.
 */
export const ScheduleHistory = z.object({
  seenTo: Instant,
  /** Oldest first; each ends where the next begins. */
  periods: z.array(Period),
});
export type ScheduleHistory = z.infer<typeof ScheduleHistory>;

/** More changes than anybody makes between two backups. */
const mostPeriods = 10;

/** A schedule that holds from `from` on, with nothing due before. */
export function newHistory({ cron, zone }: Schedule, from: DateTime): ScheduleHistory {
  return { seenTo: toInstant(from), periods: [{ from: toInstant(from), schedule: { cron, zone } }] };
}

/** The same history when all that was due until `now` has been seen to, and `schedule` holds from now on. */
export function continued(
  { periods }: ScheduleHistory,
  schedule: Schedule | undefined,
  now: DateTime,
): ScheduleHistory {
  // One that begins later was noted while a clock was ahead.
  const past = periods.filter(({ from }) => fromInstant(from) <= now);
  const next = { from: toInstant(now), ...(schedule && { schedule: onTheClock(schedule) }) };
  const all = isTheSame(past.at(-1)?.schedule, schedule) && past.length > 0 ? past : [...past, next];
  return { seenTo: toInstant(now), periods: all.slice(-mostPeriods) };
}

/** The same history, but with nothing due in a pause. */
export function withoutPause(history: ScheduleHistory, pause: Pause | undefined): ScheduleHistory {
  if (pause === undefined) return history;
  const { at, until } = pause;
  const isBy = (instant: Instant) => (period: ScheduleHistory['periods'][number]) =>
    fromInstant(period.from) <= fromInstant(instant);
  const before = history.periods.filter(isBy(at));
  if (until === undefined) return { ...history, periods: [...before, { from: at }] };

  const held = history.periods.findLast(isBy(until));
  const resumed = held === undefined ? [] : [{ ...held, from: until }];
  const after = history.periods.filter((period) => !isBy(until)(period));
  return { ...history, periods: [...before, { from: at }, ...resumed, ...after] };
}

/** What was due after `since`, up to and including `until`, by the schedule that held at the time; no more than `atMost`. */
export function dueBetween(
  { periods }: ScheduleHistory,
  since: DateTime,
  until: DateTime,
  atMost: number,
): DateTime[] {
  const due: DateTime[] = [];
  for (const [index, { from, schedule }] of periods.entries()) {
    if (schedule === undefined) continue;
    const end = periods[index + 1]?.from;
    const after = DateTime.max(since, fromInstant(from));
    const upTo = end === undefined ? until : DateTime.min(until, fromInstant(end));
    due.push(...firingsBetween(schedule, after, upTo, atMost - due.length));
  }
  return due;
}

/** What was due until `now` and has not been seen to. */
export function owedAt(history: ScheduleHistory, now: DateTime, atMost: number): DateTime[] {
  return dueBetween(history, fromInstant(history.seenTo), now, atMost);
}

function onTheClock({ cron, zone }: Schedule): { cron: string; zone: string } {
  return { cron, zone };
}

function isTheSame(one: Schedule | undefined, other: Schedule | undefined): boolean {
  return one?.cron === other?.cron && one?.zone === other?.zone;
}
