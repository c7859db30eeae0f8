import type { DateTime } from 'luxon';
import { newestFirst } from '../backup.ts';
import { humanCount } from '../units.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';

/** What a run may begin late, and what the clocks of two machines may differ. */
export const lateStart = { minutes: 10 };

const mostNamed = 100;

/** Each run that was due by schedule has left a full backup. Those since the newest one that did not are named. */
export function missedRun(): HealthCheck {
  return {
    name: 'missed-run',
    judge({ destination, backups }, { app, now, zone, runs, runningSince }) {
      const newest = newestFull(backups, now);
      // With no backup at all it is unknown since when runs are due; that there is none is said anyway.
      if (runs === undefined || newest === undefined) return undefined;

      const missed = runs(newest.takenAt.plus(lateStart), now.minus(lateStart), mostNamed);
      const [first] = missed;
      if (first === undefined) return undefined;
      if (runningSince !== undefined && first > runningSince.minus(lateStart)) return 'undecided';
      return {
        problem: `${whichRuns(missed, first.setZone(zone))} left no backup of ${app} in ${destination}.`,
        advice: `See what became of it with /backup status, or back it up now: /backup run ${app}`,
      };
    },
  };
}

function newestFull(backups: readonly WatchedBackup[], now: DateTime): WatchedBackup | undefined {
  return newestFirst(backups).find(({ kind, takenAt }) => kind === 'full' && takenAt <= now);
}

function whichRuns(missed: readonly DateTime[], first: DateTime): string {
  const since = `${first.toFormat('yyyy-MM-dd HH:mm')} ${first.zoneName}`;
  if (missed.length === 1) return `The run that was due at ${since}`;
  const atLeast = missed.length === mostNamed ? 'At least ' : '';
  return `${atLeast}${humanCount(missed.length, 'run')} that were due since ${since}`;
}
