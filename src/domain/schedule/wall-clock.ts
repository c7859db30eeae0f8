import { DateTime } from 'luxon';

/**
 * The instants at which the clocks of `zone` show a time of the calendar, which is given as milliseconds as if it were UTC.
 * One that the clocks skip is shown as much later as they are put forward; one that they show twice has both, in order.
 */
export function instantsOf(wall: number, zone: string): { readonly skipped: boolean; readonly at: number[] } {
  const local = DateTime.fromMillis(wall, { zone: 'utc' }).setZone(zone, { keepLocalTime: true });
  const skipped = local.toMillis() + local.offset * 60_000 !== wall;
  const at = local.getPossibleOffsets().map((each) => each.toMillis());
  return { skipped, at: at.sort((a, b) => a - b) };
}
