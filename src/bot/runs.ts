import type { KnownRun } from '../domain/known-run.ts';
import { RunReport } from '../domain/report.ts';
import { runKey } from '../domain/run-memory.ts';
import { runWordsIn } from '../domain/run-words.ts';
import { type RunJob, runsOf } from '../queue/contracts.ts';
import type { QueuedJob } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import type { Answering } from './answering.ts';

type Tools = Pick<Answering, 'apps' | 'queue' | 'state'>;

interface RunInQueue {
  readonly group: string;
  readonly job: QueuedJob<RunJob>;
}

/** The runs that words can name: every unfinished one, and those that ended as far as the words name them. */
export async function knownRuns(words: string, tools: Tools): Promise<KnownRun[]> {
  const typed = runWordsIn(words);
  if (typed === undefined) return [];

  // Unfinished first: a run that ends between the two looks is then seen twice, never missed.
  const unfinished = await allUnfinished(tools);
  const ended = await Promise.all(typed.map((word) => endedRunNamed(word, tools)));
  return [
    ...unfinished.map(({ job }) => ({ runId: job.id, app: job.data.command.app, unfinished: true })),
    ...ended.flatMap((run) => (run ? [{ runId: run.runId, app: run.app, unfinished: false }] : [])),
  ];
}

/** A run that waits or is in hand. */
export async function unfinishedRun(runId: string, tools: Tools): Promise<RunInQueue | undefined> {
  return (await allUnfinished(tools)).find(({ job }) => job.id === runId);
}

/** How a run ended, if that was within the last thirty days. */
export async function endedRun(runId: string, state: State): Promise<RunReport | undefined> {
  return RunReport.safeParse(await state.recall(runKey(runId))).data;
}

async function allUnfinished({ apps, queue }: Tools): Promise<RunInQueue[]> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const runs = await Promise.all(
    groups.map(async (group) => (await queue.unfinished(runsOf(group))).map((job) => ({ group, job }))),
  );
  return runs.flat();
}

/** By its id, or the last of an app by the app's name. */
async function endedRunNamed(word: string, { apps, state }: Tools): Promise<RunReport | undefined> {
  if (!apps.some(({ name }) => name === word))
    return (await endedRun(word, state)) ?? endedRun(word.toLowerCase(), state);
  const last = RunReport.pick({ runId: true }).safeParse(await state.recall(`last.${word}`));
  return last.success ? endedRun(last.data.runId, state) : undefined;
}
