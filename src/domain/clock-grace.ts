import type { DateTime } from 'luxon';

/** By so much the clocks of two machines may differ; what is dated later than that is from a clock that was wrong. */
const grace = { minutes: 10 };

/** The latest instant that something made by `now` may be dated. */
export function latestPresent(now: DateTime): DateTime {
  return now.plus(grace);
}
