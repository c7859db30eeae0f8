import { z } from 'zod';
import { CleanedReport } from '../domain/cleanup-report.ts';
import type { KnownRun } from '../domain/known-run.ts';
import { RunReport } from '../domain/report.ts';
import { runKey } from '../domain/run-memory.ts';
import { runWordsIn } from '../domain/run-words.ts';
import { type CleanJob, cleansOf, type RunJob, runsOf } from '../queue/contracts.ts';
import type { QueuedJob, Topic } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import type { Answering } from './answering.ts';
import { endingOf } from './ending.ts';

type Tools = Pick<Answering, 'apps' | 'queue' | 'state'>;

/** A run or a clean that waits or is in hand. */
export interface InQueue {
  readonly group: string;
  readonly topic: Topic<RunJob> | Topic<CleanJob>;
  readonly job: QueuedJob<RunJob | CleanJob>;
}

const Ended = z.discriminatedUnion('kind', [RunReport, CleanedReport]);

/** The runs and cleans that words can name: every unfinished one, and those that ended as far as the words name them. */
export async function knownRuns(words: string, tools: Tools): Promise<KnownRun[]> {
  const typed = runWordsIn(words);
  if (typed === undefined) return [];

  // Unfinished first: a run that ends between the two looks is then seen twice, never missed.
  const unfinished = await allUnfinished(tools);
  const ended = await Promise.all(typed.map((word) => endedRunNamed(word, tools)));
  return [
    ...unfinished.map(({ job }) => ({ runId: job.id, app: job.data.command.app, unfinished: true })),
    ...ended.flatMap((run) => (run ? [{ runId: endingOf(run).runId, app: run.app, unfinished: false }] : [])),
  ];
}

export async function unfinishedRun(runId: string, tools: Tools): Promise<InQueue | undefined> {
  return (await allUnfinished(tools)).find(({ job }) => job.id === runId);
}

/** How a run or a clean ended, if that was within the last thirty days. */
export async function endedRun(runId: string, state: State): Promise<RunReport | CleanedReport | undefined> {
  return Ended.safeParse(await state.recall(runKey(runId))).data;
}

/** Runs before cleans: an app's name stands for its run, where it has both. */
async function allUnfinished({ apps, queue }: Tools): Promise<InQueue[]> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const [runs, cleans] = await Promise.all([
    Promise.all(
      groups.map(async (group) => inQueue(group, runsOf(group), await queue.unfinished(runsOf(group)))),
    ),
    Promise.all(
      groups.map(async (group) => inQueue(group, cleansOf(group), await queue.unfinished(cleansOf(group)))),
    ),
  ]);
  return [...runs, ...cleans].flat();
}

function inQueue(
  group: string,
  topic: InQueue['topic'],
  jobs: readonly QueuedJob<RunJob | CleanJob>[],
): InQueue[] {
  return jobs.map((job) => ({ group, topic, job }));
}

/** By its id, or the last of an app by the app's name. */
async function endedRunNamed(word: string, { apps, state }: Tools) {
  if (!apps.some(({ name }) => name === word))
    return (await endedRun(word, state)) ?? endedRun(word.toLowerCase(), state);
  const last = RunReport.pick({ runId: true }).safeParse(await state.recall(`last.${word}`));
  return last.success ? endedRun(last.data.runId, state) : undefined;
}
