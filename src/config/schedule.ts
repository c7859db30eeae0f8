import { z } from 'zod';
import { Cron } from '../domain/schedule/cron.ts';
import { strict } from '../domain/strict.ts';
import { TimeZone } from '../domain/time-zone.ts';

const when = (at: string | false) => z.union([Cron, z.literal(false)]).default(at);

/** When an app is backed up, cleaned, looked at and verified without anybody asking. */
export const AppSchedule = strict({
  run: when('0 2 * * *').describe(
    'When it is backed up: minute, hour, day of month, month, day of week; or false.',
  ),
  clean: when('10 2 * * *').describe('When old backups are removed; or false.'),
  monitor: when('15 2 * * *').describe('When its destinations are looked at; or false.'),
  verify: when(false).describe(
    'When a share of its backups is read back from every destination and compared: the newest of each kind, and those that were left unread for longest; false for never, because that moves all of their bytes.',
  ),
  verifyAllWithinDays: z
    .int()
    .min(1)
    .max(3660)
    .default(30)
    .describe(
      'Within so many days every backup is read back, where "verify" says when: the share of each time follows from that.',
    ),
  zone: TimeZone.optional().describe('The IANA zone of these times. Left out: that of "timezone".'),
  jitter: z
    .number()
    .nonnegative()
    .max(24 * 60)
    .default(0)
    .describe(
      'Minutes within which the app may be later, always by as much, so that many apps do not begin at once.',
    ),
});
export type AppSchedule = z.infer<typeof AppSchedule>;
