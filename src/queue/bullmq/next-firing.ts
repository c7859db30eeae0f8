import { defaultRepeatStrategy, type RepeatStrategy } from 'bullmq';
import { DateTime } from 'luxon';
import { nextFirings } from '../../domain/schedule.ts';

/**
 * When a schedule fires next, by the product's own calendar: BullMQ's fires twice at a time that the clocks show twice.
 * Only that one knows seconds, which nobody configures.
 */
export const nextFiring: RepeatStrategy = (after, options) => {
  const { pattern = '', tz = 'UTC' } = options;
  if (hasSeconds(pattern)) return defaultRepeatStrategy(after, options);
  return nextFirings({ cron: pattern, zone: tz }, DateTime.fromMillis(after), 1)[0]?.toMillis();
};

function hasSeconds(cron: string): boolean {
  return cron.trim().split(/\s+/).length === 6;
}
