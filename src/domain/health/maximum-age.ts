import { z } from 'zod';
import { newestFirst } from '../backup.ts';
import { humanAge, humanCount } from '../units.ts';
import type { HealthCheck } from './check.ts';

export const maximumAgeInDays = z
  .number()
  .nonnegative()
  .max(100_000)
  .nullable()
  .default(1)
  .describe('The newest backup is younger than so many days. null not to look.');

/** The newest backup is younger than so many days of the app's wall clock; exactly as old is too old. */
export function maximumAge(days: number | null): HealthCheck {
  return {
    name: 'age',
    judge({ destination, backups }, { app, now, zone, runningSince }) {
      if (days === null) return undefined;
      const oldestAllowed = now.setZone(zone).minus({ days });
      // A run that is under way may yet put it right; one that has hung for as long may not.
      if (runningSince !== undefined && runningSince > oldestAllowed) return undefined;

      const [newest] = newestFirst(backups);
      const advice = `Back it up now: /backup run ${app}`;
      if (newest === undefined) return { problem: `There is no backup of ${app} in ${destination}.`, advice };
      if (newest.takenAt > oldestAllowed) return undefined;
      const age = humanAge(newest.takenAt, now);
      return {
        problem: `The newest backup of ${app} in ${destination} was made ${age}; it may be no older than ${humanCount(days, 'day')}.`,
        advice,
      };
    },
  };
}
