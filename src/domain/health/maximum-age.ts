import { DateTime } from 'luxon';
import { z } from 'zod';
import { newestFirst } from '../backup.ts';
import { latestPresent } from '../clock-grace.ts';
import { humanAge, humanCount } from '../units.ts';
import type { HealthCheck, Holdings, Watch, WatchedBackup } from './check.ts';
import { lateStart } from './missed-run.ts';

export const maximumAgeInDays = z
  .number()
  .nonnegative()
  .max(100_000)
  .nullable()
  .default(1)
  .describe('The newest backup is younger than so many days. null not to look.');

/**
 * The newest backup is younger than so many days of the app's wall clock; exactly as old is too old. One that is dated in the
 * future says nothing of its age, and would hide for years that nothing new comes: it counts only where there is no other.
 */
export function maximumAge(days: number | null): HealthCheck {
  return {
    name: 'age',
    judge(holdings, watch) {
      if (days === null) return undefined;
      if (isNew(holdings, watch)) return 'undecided';
      const { destination, backups } = holdings;
      const { app, now, zone, runningSince, isOnlyWatched } = watch;
      const oldestAllowed = now.setZone(zone).minus({ days });
      const dated = backups.filter(({ takenAt }) => takenAt <= latestPresent(now));
      const [newest] = newestFirst(dated.length > 0 ? dated : backups);
      if (newest !== undefined && newest.takenAt > oldestAllowed) return undefined;
      // One that has hung for as long will not put it right.
      if (runningSince !== undefined && runningSince > oldestAllowed) return 'undecided';

      const place = `${app} in ${destination}`;
      return {
        problem: newest === undefined ? `There is no backup of ${place}.` : tooOld(newest, place, days, now),
        advice: isOnlyWatched ? seeElsewhere : `Back it up now: /backup run ${app}`,
      };
    },
  };
}

const seeElsewhere =
  'It is only watched from here: find out where it is backed up why none comes, and back it up there.';

/** Nothing was ever stored here, and no run was due yet that could have. Without a schedule nobody knows when one should come. */
function isNew({ backups, gone, vanished = [] }: Holdings, { runs, now }: Watch): boolean {
  if (runs === undefined || backups.length + gone.length + vanished.length > 0) return false;
  return runs(DateTime.fromMillis(0), now.minus(lateStart), 1).length === 0;
}

function tooOld({ takenAt }: WatchedBackup, place: string, days: number, now: DateTime): string {
  return `The newest backup of ${place} was made ${humanAge(takenAt, now)}; it may be no older than ${humanCount(days, 'day')}.`;
}
