import { DateTime } from 'luxon';
import { z } from 'zod';
import { readBackupKey } from '../backup-key.ts';
import { strict } from '../strict.ts';
import { TimeZone } from '../time-zone.ts';
import { RetentionPolicy } from './registry.ts';

/** ISO 8601 with any offset. */
const Moment = z.iso
  .datetime({ offset: true, error: 'an instant with its offset, such as 2026-11-22T03:15:00Z' })
  .transform((text) => DateTime.fromMillis(Date.parse(text), { zone: 'utc' }));

/** A key may be anything. One that is exactly ours is of the kind it says; the others are one series. */
const ListedBackup = strict({
  key: z.string(),
  takenAt: Moment,
  sizeInBytes: z.int().nonnegative(),
}).transform((backup) => ({ ...backup, kind: readBackupKey(backup.key)?.kind ?? 'full' }));

/** What `holdfast plan` is asked: a policy in the configuration's words and a listing to try it on. */
export const PlanRequest = strict({
  now: Moment,
  timezone: TimeZone.default('UTC'),
  policy: RetentionPolicy.prefault({}),
  backups: z.array(ListedBackup),
});
export type PlanRequest = z.infer<typeof PlanRequest>;
