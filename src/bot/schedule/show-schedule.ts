import { DateTime } from 'luxon';
import { Chore, type Firing, isPausedAt, type Pause, pauseKey, readPause } from '../../domain/firing.ts';
import { fromInstant, toInstant } from '../../domain/instant.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import type { ReportOf } from '../../domain/report.ts';
import { nextFirings, type Schedule } from '../../domain/schedule.ts';
import { firingsOf } from '../../queue/contracts.ts';
import type { Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';

const shown = 3;

interface Tools {
  readonly queue: Queue;
  readonly state: State;
  readonly timezone: string;
}

type Scheduled = ReportOf<'schedule'>['apps'][number];
type DueChore = Schedule & Pick<Firing, 'app' | 'chore'>;

/** What is due when for `apps`, as the queue has it. @throws {QueueError} @throws {StateError} */
export async function scheduleOf(
  apps: readonly KnownApp[],
  tools: Tools,
  now: DateTime,
): Promise<ReportOf<'schedule'>> {
  const chores = await choresIn(apps, tools.queue);
  return {
    kind: 'schedule',
    at: toInstant(now),
    timezone: tools.timezone,
    apps: await Promise.all(
      apps.map(async ({ name }) => {
        const paused = await pauseOf(name, now, tools.state);
        const due = chores.filter(({ app }) => app === name).map((chore) => dueNext(chore, paused, now));
        return { app: name, chores: due, ...(paused && { paused }) };
      }),
    ),
  };
}

/** Of all apps, in the order in which a day has them: run, clean, monitor, verify. */
async function choresIn(apps: readonly KnownApp[], queue: Queue): Promise<DueChore[]> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const scheduled = await Promise.all(groups.map((group) => queue.schedules(firingsOf(group))));
  return scheduled
    .flat()
    .flatMap(({ cron, zone, data }) => (data === undefined ? [] : { ...data, cron, zone }))
    .toSorted((a, b) => Chore.options.indexOf(a.chore) - Chore.options.indexOf(b.chore));
}

/** While it is paused nothing fires: what comes next comes after that, or nobody knows when. */
function dueNext(
  { chore, cron, zone, delayInSeconds = 0 }: DueChore,
  paused: Pause | undefined,
  now: DateTime,
): Scheduled['chores'][number] {
  const until = paused?.until === undefined ? now : fromInstant(paused.until);
  const isHeld = paused !== undefined && paused.until === undefined;
  const after = DateTime.max(now, until);
  const next = isHeld ? [] : nextFirings({ cron, zone, delayInSeconds }, after, shown);
  return { chore, cron, zone, next: next.map(toInstant) };
}

async function pauseOf(app: string, now: DateTime, state: State): Promise<Pause | undefined> {
  const pause = readPause(await state.recall(pauseKey(app)));
  return isPausedAt(pause, now) ? pause : undefined;
}
