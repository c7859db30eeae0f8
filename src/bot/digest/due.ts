import type { DateTime } from 'luxon';
import { fromInstant } from '../../domain/instant.ts';
import { firingsBetween } from '../../domain/schedule.ts';
import type { PlannedDigest } from './digest-rule.ts';
import type { LastDigest } from './last-digest.ts';

/** Clocks of two machines may differ by so much; what fires a moment early is the firing that is meant. */
const tolerance = { seconds: 30 };

/** A digest that is later than this says so. */
const punctual = { minutes: 15 };

/** A digest that is due, and what it is about. */
export interface DueDigest {
  readonly dueAt: DateTime;
  readonly from: DateTime;
  readonly late: boolean;
}

/**
 * The latest firing, unless its digest was told. Of several that were missed only that one is due, about all the time
 * since the last that was told.
 */
export function dueDigest(
  { cron, zone }: Pick<PlannedDigest, 'cron' | 'zone'>,
  last: Pick<LastDigest, 'dueAt' | 'until'> | undefined,
  now: DateTime,
): DueDigest | undefined {
  const dueAt = latestFiring({ cron, zone }, now.plus(tolerance));
  if (dueAt === undefined || (last !== undefined && dueAt <= fromInstant(last.dueAt))) return undefined;

  const from = last === undefined ? latestFiring({ cron, zone }, dueAt.minus(1)) : fromInstant(last.until);
  return { dueAt, from: from ?? dueAt.minus({ days: 1 }), late: now > dueAt.plus(punctual) };
}

/** From the shortest on, so that what fires every minute and what fires once a year are both found soon. */
const looksBack = [{ hours: 1 }, { days: 1 }, { days: 8 }, { days: 32 }, { days: 367 }];

function latestFiring(schedule: Pick<PlannedDigest, 'cron' | 'zone'>, until: DateTime): DateTime | undefined {
  for (const span of looksBack) {
    const latest = firingsBetween(schedule, until.minus(span), until).at(-1);
    if (latest !== undefined) return latest;
  }
  return undefined;
}
