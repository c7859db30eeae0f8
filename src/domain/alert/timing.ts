import type { DateTime } from 'luxon';
import { fromInstant, type Instant, toInstant } from '../instant.ts';

/** How soon people hear what, and how often. */
export interface Timing {
  readonly now: DateTime;
  /** What is still wrong is told again after so many hours. */
  readonly repeatEveryInHours: number;
}

/** What starts so many times within the time of a reminder comes and goes. */
export const startsToFlap = 3;

/** The part of the time of a reminder that something has to stay as it is to be no longer flapping. */
const calmShare = 1 / 4;

/** So many messages in a few minutes are a storm: what there is to tell beyond them is gathered into one. */
export const messagesToStorm = 5;
const stormInMinutes = 10;

/** An alert nobody has looked at for so long is about an app or a destination that is no more. */
const daysUnseen = 30;

/** What the clocks of two bots may differ. Whatever lies farther ahead was written while a clock was wrong, and is long past. */
const aheadInMinutes = 10;

export function isDue(lastTold: Instant, { now, repeatEveryInHours }: Timing): boolean {
  return isAhead(lastTold, now) || now >= fromInstant(lastTold).plus({ hours: repeatEveryInHours });
}

/** Whether it counts towards flapping. */
export function isOfLate(at: Instant, { now, repeatEveryInHours }: Timing): boolean {
  return !isAhead(at, now) && fromInstant(at) > now.minus({ hours: repeatEveryInHours });
}

export function isCalm(lastChange: Instant, { now, repeatEveryInHours }: Timing): boolean {
  return (
    isAhead(lastChange, now) || now >= fromInstant(lastChange).plus({ hours: repeatEveryInHours * calmShare })
  );
}

export function isForgotten(seenAt: Instant, { now }: Timing): boolean {
  return fromInstant(seenAt) < now.minus({ days: daysUnseen });
}

export function isRecentMessage(at: Instant, { now }: Timing): boolean {
  return !isAhead(at, now) && fromInstant(at) > now.minus({ minutes: stormInMinutes });
}

/** When the oldest message of a storm is no longer recent. */
export function stormIsOver(oldestMessage: Instant): Instant {
  return toInstant(fromInstant(oldestMessage).plus({ minutes: stormInMinutes }));
}

function isAhead(at: Instant, now: DateTime): boolean {
  return fromInstant(at) > now.plus({ minutes: aheadInMinutes });
}
