import { DateTime } from 'luxon';
import { z } from 'zod';

/** A point in time as it crosses the queue: ISO 8601 in UTC, `2026-11-22T03:15:00.000Z`. */
export const Instant = z.iso.datetime();
export type Instant = z.infer<typeof Instant>;

export function toInstant(at: DateTime): Instant {
  const text = at.toUTC().toISO();
  if (text === null) throw new Error(`Not a point in time: ${at.invalidReason}.`);
  return text;
}

export function fromInstant(instant: Instant): DateTime {
  return DateTime.fromISO(instant, { zone: 'utc' });
}
