import { isDeepStrictEqual } from 'node:util';
import { Chore, type Firing } from '../../src/domain/firing.ts';
import { firingsOf } from '../../src/queue/contracts.ts';
import type { Schedule, Scheduled } from '../../src/queue/queue.ts';
import type { App } from '../app.ts';
import type { Tools } from '../tools.ts';
import { endHistory, type ScheduleTools, seeToOwed } from './see-to-chore.ts';

/** A firing that nobody could see to because the queue went away is tried again. */
const attempts = 10;

/**
 * Puts the schedules of the group's apps into the queue, takes out those that are no longer wanted, and leaves alone what is as it
 * should be. What was due by a schedule that is replaced is done first. Several processes may do so at once.
 * @throws {QueueError} @throws {StateError}
 */
export async function putSchedules({ apps, ...tools }: ScheduleTools & Pick<Tools, 'apps'>): Promise<void> {
  const { queue, group } = tools;
  const topic = firingsOf(group);
  const there = new Map((await queue.schedules(topic)).map((scheduled) => [scheduled.key, scheduled]));
  const wanted = new Map([...apps.values()].flatMap(schedulesOf));

  for (const [key, scheduled] of there) {
    if (wanted.has(key)) continue;
    if (scheduled.data) await endHistory(scheduled.data, scheduled, tools);
    await queue.unschedule(topic, key);
  }
  for (const [key, schedule] of wanted) {
    const known = there.get(key);
    if (isAsWanted(known, schedule)) continue;
    await seeToOwed(schedule.data, known, schedule, tools);
    await queue.schedule(topic, key, schedule);
  }
}

function schedulesOf({ name, chores }: App): [string, Schedule<Firing>][] {
  return Chore.options.flatMap((chore) => {
    const due = chores[chore];
    if (due === undefined) return [];
    const data = { app: name, chore, delayInSeconds: due.delayInSeconds ?? 0 };
    return [[`${chore}.${name}`, { cron: due.cron, zone: due.zone, data, attempts }]];
  });
}

function isAsWanted(there: Scheduled<Firing> | undefined, wanted: Schedule<Firing>): boolean {
  if (there === undefined || there.isTooLate) return false;
  const { cron, zone, data, attempts } = there;
  return isDeepStrictEqual({ cron, zone, data, attempts }, wanted);
}
