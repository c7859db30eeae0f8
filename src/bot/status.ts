import type { DateTime } from 'luxon';
import { CleanProgress } from '../domain/cleanup-report.ts';
import { toInstant } from '../domain/instant.ts';
import { presenceKey } from '../domain/presence.ts';
import { Progress, type ReportOf, RunReport, type Unfinished } from '../domain/report.ts';
import { VerifyProgress } from '../domain/verify-report.ts';
import { writeCommand } from '../domain/write-command.ts';
import { cleansOf, runsOf, verifiesOf } from '../queue/contracts.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import type { InQueue } from './runs.ts';

type Status = ReportOf<'status'>;

interface Tools {
  readonly queue: Queue;
  readonly state: State;
}

interface AppPlace {
  readonly name: string;
  readonly runsOn: string;
}

/** What runs and waits for `apps`, how their last runs ended, and which of their worker groups have a live worker. */
export async function statusOf(apps: readonly AppPlace[], tools: Tools, now: DateTime): Promise<Status> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const names = new Set(apps.map(({ name }) => name));
  const unfinished = await Promise.all(
    groups.flatMap((group) => [
      unfinishedIn(group, tools.queue),
      unfinishedCleansIn(group, tools.queue),
      unfinishedVerifiesIn(group, tools.queue),
    ]),
  );

  return {
    kind: 'status',
    at: toInstant(now),
    unfinished: unfinished.flat().filter(({ app }) => names.has(app)),
    apps: await Promise.all(apps.map(({ name }) => lastOf(name, tools.state))),
    groups: await Promise.all(
      groups.map(async (group) => ({ group, alive: await isAlive(group, tools.state) })),
    ),
  };
}

/** Runs of a group that are waiting or running, oldest first. */
export async function unfinishedIn(group: string, queue: Queue): Promise<Unfinished[]> {
  return (await queue.unfinished(runsOf(group))).map(asUnfinished);
}

async function unfinishedCleansIn(group: string, queue: Queue): Promise<Unfinished[]> {
  return (await queue.unfinished(cleansOf(group))).map(asUnfinished);
}

async function unfinishedVerifiesIn(group: string, queue: Queue): Promise<Unfinished[]> {
  return (await queue.unfinished(verifiesOf(group))).map(asUnfinished);
}

/** What is in the queue, as people are told of it. */
export function asUnfinished({ id, data, state, progress }: InQueue['job']): Unfinished {
  const known = Progress.safeParse(progress);
  const cleaned = CleanProgress.safeParse(progress);
  const verified = VerifyProgress.safeParse(progress);
  return {
    runId: id,
    doing: data.command.verb,
    app: data.command.app,
    askedBy: data.askedBy,
    askedAt: data.askedAt,
    state,
    words: writeCommand(data.command),
    ...('retryOf' in data && data.retryOf !== undefined && { retryOf: data.retryOf }),
    ...(known.success && { progress: known.data }),
    ...(cleaned.success && { cleaned: cleaned.data }),
    ...(verified.success && { verified: verified.data }),
  };
}

/** Whether a worker of the group has said within the last half minute that it lives. */
export async function isAlive(group: string, state: State): Promise<boolean> {
  return (await state.recall(presenceKey(group))) !== undefined;
}

const Last = RunReport.pick({ runId: true, outcome: true, finishedAt: true, reason: true });

async function lastOf(app: string, state: State): Promise<Status['apps'][number]> {
  const last = Last.safeParse(await state.recall(`last.${app}`));
  return last.success ? { app, last: last.data } : { app };
}
