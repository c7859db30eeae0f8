import type { DateTime } from 'luxon';
import { type Firing, isPausedAt, type Pause, pauseKey, readPause } from '../../src/domain/firing.ts';
import {
  continued,
  newHistory,
  owedAt,
  type ScheduleHistory,
  withoutPause,
} from '../../src/domain/schedule/history.ts';
import type { Schedule } from '../../src/domain/schedule.ts';
import type { JobInHand, Scheduled } from '../../src/queue/queue.ts';
import type { Tools } from '../tools.ts';
import { recallHistory, rememberHistory } from './histories.ts';
import { leaveToHolder, newerHolder } from './holders.ts';
import { type DueChore, queueChore, tellMissed } from './queue-chore.ts';

/** How late a chore may begin before people are told that it was missed. */
const grace = { minutes: 10 };

/** More are not worth counting. */
const mostTold = 100;

/** What schedules are kept with. */
export type ScheduleTools = Pick<Tools, 'queue' | 'group' | 'state' | 'clock' | 'log' | 'worker'>;

/**
 * Queues what is due: a run, a clean, a look or a verification. However many firings nobody was there for, it is done once now, and people are
 * told which were missed. Nothing is queued while the app is paused. @throws {QueueError} @throws {StateError}
 */
export async function seeToChore(
  job: JobInHand<Firing>,
  tools: ScheduleTools & Pick<Tools, 'apps'>,
): Promise<void> {
  const app = tools.apps.get(job.data.app);
  const newer = app && (await newerHolder(app, tools));
  if (newer !== undefined && newer.group !== tools.group) return; // It is done there.
  await leaveToHolder(job.data.app, job.signal, tools);
  const schedule = app?.chores[job.data.chore];
  if (schedule === undefined) return; // It was taken out of the configuration meanwhile.

  const now = tools.clock();
  const history = await recallHistory(job.data, schedule, tools.state);
  await seeTo(job, history, now, tools);
  await rememberHistory(job.data, continuedOrNew(history, schedule, now), tools.state);
}

/**
 * Sees to what was due by the schedule that `firing` had until now, before another one takes its place: to replace a schedule in the
 * queue is to forget a firing that nobody has taken. Several processes may do so at once. @throws {QueueError} @throws {StateError}
 */
export async function seeToOwed(
  firing: Firing,
  inQueue: Scheduled<Firing> | undefined,
  schedule: Schedule,
  tools: ScheduleTools,
): Promise<void> {
  const now = tools.clock();
  const history = await recallHistory(firing, inQueue, tools.state);
  const [first] = history ? owedAt(history, now, 1) : [];
  if (first !== undefined) await seeTo({ id: idInQueue(firing, first), data: firing }, history, now, tools);
  await rememberHistory(firing, continuedOrNew(history, schedule, now), tools.state);
}

/** Nothing is owed of a chore that is no longer wanted, and nothing is due until it is wanted again. @throws {StateError} */
export async function endHistory(
  firing: Pick<Firing, 'app' | 'chore'>,
  inQueue: Scheduled<Firing>,
  { state, clock }: Pick<ScheduleTools, 'state' | 'clock'>,
): Promise<void> {
  const history = await recallHistory(firing, inQueue, state);
  if (history) await rememberHistory(firing, continued(history, undefined, clock()), state);
}

async function seeTo(
  due: DueChore,
  history: ScheduleHistory | undefined,
  now: DateTime,
  tools: ScheduleTools,
): Promise<void> {
  const { app, chore } = due.data;
  const pause = readPause(await tools.state.recall(pauseKey(app)));
  if (isPausedAt(pause, now) || (history && isAllPaused(history, pause, now))) {
    tools.log.info(`The ${chore} of ${app} that was due is left out: its schedule was paused.`);
    return;
  }
  const missed = history ? owedAt(withoutPause(history, pause), now.minus(grace), mostTold) : [];
  if (missed.length > 0) await tellMissed(due, missed, now, tools);
  await queueChore(due, now, tools);
}

/** Something was due, and all of it in a pause that has ended. */
function isAllPaused(history: ScheduleHistory, pause: Pause | undefined, now: DateTime): boolean {
  const isOwed = (what: ScheduleHistory) => owedAt(what, now, 1).length > 0;
  return isOwed(history) && !isOwed(withoutPause(history, pause));
}

function continuedOrNew(
  history: ScheduleHistory | undefined,
  schedule: Schedule,
  now: DateTime,
): ScheduleHistory {
  return history ? continued(history, schedule, now) : newHistory(schedule, now);
}

/** As the queue names the job of a firing, so that a firing that was taken meanwhile is not done twice. */
function idInQueue({ app, chore }: Firing, due: DateTime): string {
  return `repeat:${chore}.${app}:${due.toMillis()}`;
}
