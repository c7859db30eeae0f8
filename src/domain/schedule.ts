import { DateTime } from 'luxon';
import { type CronTimes, readCron } from './schedule/cron.ts';
import { instantsOf } from './schedule/wall-clock.ts';

/** When something is due: the clocks of one zone, and so many seconds later. */
export interface Schedule {
  /** `30 2 * * *` */
  readonly cron: string;
  /** IANA: `Europe/Brussels`. */
  readonly zone: string;
  /** See {@link jitterFor}. */
  readonly delayInSeconds?: number;
}

/**
 * The next firings after `after`, in the zone of the schedule. On a change of clocks nothing is fired twice or left out:
 * a time that the clocks skip is as much later as they are put forward (02:30 is 03:30 that day), one that they show
 * twice counts the first time. Only what fires every so many hours fires in each hour there is.
 */
export function nextFirings(schedule: Schedule, after: DateTime, count: number): DateTime[] {
  const found: DateTime[] = [];
  for (const firing of firings(schedule, after)) {
    found.push(firing);
    if (found.length >= count) break;
  }
  return found;
}

/** The firings after `since`, up to and including `until`, the first ones first; no more than `atMost` of them. */
export function firingsBetween(
  schedule: Schedule,
  since: DateTime,
  until: DateTime,
  atMost = 1_000,
): DateTime[] {
  const found: DateTime[] = [];
  for (const firing of firings(schedule, since)) {
    if (firing > until || found.length >= atMost) break;
    found.push(firing);
  }
  return found;
}

/** How many seconds an app is late, so that not all start at once: always the same for a name, less than the whole jitter. */
export function jitterFor(name: string, jitterInMinutes: number): number {
  const range = Math.max(1, Math.round(jitterInMinutes * 60));
  // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % range;
}

const dayInMillis = 86_400_000;

/** 29 February comes again within eight years, also across 2100; what has not come by then never does. */
const daysWithoutFiring = 8 * 366;

function* firings({ cron, zone, delayInSeconds = 0 }: Schedule, after: DateTime): Generator<DateTime> {
  const times = readCron(cron);
  const since = after.minus({ seconds: delayInSeconds }).setZone(zone);
  const today = since.setZone('utc', { keepLocalTime: true }).startOf('day').toMillis();

  for (let day = today, idle = 0; idle < daysWithoutFiring; day += dayInMillis, idle++) {
    if (!times.firesOn(day)) continue;
    const due = firingsOn(day, times, zone).filter((instant) => instant > since.toMillis());
    if (due.length > 0) idle = 0;
    yield* due.map((instant) => DateTime.fromMillis(instant + delayInSeconds * 1_000, { zone }));
  }
}

function firingsOn(day: number, { timesOfDay, everySoOften }: CronTimes, zone: string): number[] {
  const instants = timesOfDay.flatMap((time) => {
    const { skipped, at } = instantsOf(day + time, zone);
    if (everySoOften) return skipped ? [] : at;
    return at.slice(0, 1);
  });
  return [...new Set(instants)].sort((a, b) => a - b);
}
