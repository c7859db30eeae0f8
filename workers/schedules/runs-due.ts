import { DateTime } from 'luxon';
import { pauseKey, readPause } from '../../src/domain/firing.ts';
import type { RunsDue } from '../../src/domain/health/check.ts';
import { continued, dueBetween, newHistory, withoutPause } from '../../src/domain/schedule/history.ts';
import type { App } from '../app.ts';
import type { Tools } from '../tools.ts';
import { recallHistory } from './histories.ts';

/**
 * When full runs of the app were due, by the schedule that held at the time; what somebody paused was not due. `undefined` for an app
 * that has none. @throws {StateError}
 */
export async function runsDueOf(
  { name, chores }: Pick<App, 'name' | 'chores'>,
  { state, clock }: Pick<Tools, 'state' | 'clock'>,
): Promise<RunsDue | undefined> {
  const schedule = chores.run;
  if (schedule === undefined) return undefined;
  const known = await recallHistory({ app: name, chore: 'run' }, undefined, state);
  const pause = readPause(await state.recall(pauseKey(name)));
  // The configuration may have changed a moment ago, and with an earlier version nothing is known of changes.
  const history = withoutPause(
    known ? continued(known, schedule, clock()) : newHistory(schedule, DateTime.fromMillis(0)),
    pause,
  );
  const delay = { seconds: schedule.delayInSeconds ?? 0 };

  return (since, until, atMost) =>
    dueBetween(history, since.minus(delay), until.minus(delay), atMost).map((instant) => instant.plus(delay));
}
