import type { DateTime } from 'luxon';
import { Pause, pauseKey } from '../../domain/firing.ts';
import { toInstant } from '../../domain/instant.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import type { ReportOf } from '../../domain/report.ts';
import { nextFirings } from '../../domain/schedule.ts';
import { firingsOf } from '../../queue/contracts.ts';
import type { Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';

const shown = 3;

interface Tools {
  readonly queue: Queue;
  readonly state: State;
}

type Schedules = ReportOf<'schedule'>['apps'];

/** What is due when for `apps`, as the queue has it. @throws {QueueError} @throws {StateError} */
export async function scheduleOf(
  apps: readonly KnownApp[],
  tools: Tools,
  now: DateTime,
): Promise<ReportOf<'schedule'>> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const chores = new Map<string, Schedules[number]['chores']>();
  for (const group of groups) {
    for (const { cron, zone, data } of await tools.queue.schedules(firingsOf(group))) {
      if (data === undefined) continue;
      const next = nextFirings({ cron, zone, delayInSeconds: data.delayInSeconds }, now, shown).map(
        toInstant,
      );
      chores.set(data.app, [...(chores.get(data.app) ?? []), { chore: data.chore, cron, zone, next }]);
    }
  }
  return {
    kind: 'schedule',
    at: toInstant(now),
    apps: await Promise.all(
      apps.map(async ({ name }) => ({
        app: name,
        chores: chores.get(name) ?? [],
        ...(await pauseOf(name, tools.state)),
      })),
    ),
  };
}

async function pauseOf(app: string, state: State): Promise<{ paused?: Pause }> {
  const pause = Pause.safeParse(await state.recall(pauseKey(app)));
  return pause.success ? { paused: pause.data } : {};
}
