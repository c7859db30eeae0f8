import { isDeepStrictEqual } from 'node:util';
import { Chore, type Firing } from '../../src/domain/firing.ts';
import { firingsOf } from '../../src/queue/contracts.ts';
import type { Schedule, Scheduled } from '../../src/queue/queue.ts';
import type { App } from '../app.ts';
import type { Tools } from '../tools.ts';
import { type Holder, hold, newerHolder, otherHolder } from './holders.ts';
import { endHistory, type ScheduleTools, seeToOwed } from './see-to-chore.ts';

/** A firing that nobody could see to because the queue went away is tried again. */
const attempts = 10;

/**
 * Puts the schedules of the group's apps into the queue, takes out those that are no longer wanted, and leaves alone what is as it
 * should be, and what a worker with a newer configuration has. What was due by a schedule that is replaced is done first. Several
 * processes may do so at once. @throws {QueueError} @throws {StateError}
 */
export async function putSchedules({ apps, ...tools }: ScheduleTools & Pick<Tools, 'apps'>): Promise<void> {
  const { queue, group } = tools;
  const topic = firingsOf(group);
  const there = new Map((await queue.schedules(topic)).map((scheduled) => [scheduled.key, scheduled]));
  const { mine, left } = await shareOut([...apps.values()], tools);
  const wanted = new Map(mine.flatMap(schedulesOf));

  for (const [key, scheduled] of there) {
    if (wanted.has(key)) continue;
    const app = scheduled.data?.app;
    if (app !== undefined && (left.has(app) || (await isHeldBeside(app, apps, tools)))) continue;
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

/** `left` are those whose schedules a newer worker of this group has put otherwise; one that another group has is in neither. */
async function shareOut(apps: readonly App[], tools: ScheduleTools) {
  const mine: App[] = [];
  const left = new Set<string>();
  for (const app of apps) {
    const newer = await newerHolder(app, tools);
    if (newer === undefined) {
      await hold(app, tools);
      mine.push(app);
      continue;
    }
    if (newer.group === tools.group) left.add(app.name);
    tools.log.warn(differs(app.name, newer, tools.group));
  }
  return { mine, left };
}

/** It is in no file of this worker, and in that of another one of this group. */
async function isHeldBeside(
  app: string,
  apps: ReadonlyMap<string, App>,
  tools: ScheduleTools,
): Promise<boolean> {
  if (apps.has(app) || (await otherHolder(app, tools))?.group !== tools.group) return false;
  tools.log.warn(
    `Another worker of group "${tools.group}" has ${app} in its configuration, and this one has not: the files of the two differ. Give both the same, and start them again.`,
  );
  return true;
}

function differs(app: string, newer: Holder, group: string): string {
  const how =
    newer.group === group
      ? 'has other schedules for it'
      : `has it in group "${newer.group}", and not in "${group}"`;
  return `The configuration of this worker is not the newest: a worker that was started later ${how}. The schedules of ${app} are left to that one. Give both the same file, and start them again.`;
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
