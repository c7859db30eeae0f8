import { z } from 'zod';
import { CleanedReport } from '../domain/cleanup-report.ts';
import type { KnownRun } from '../domain/known-run.ts';
import { type EndedWork, RunReport } from '../domain/report.ts';
import { runKey } from '../domain/run-memory.ts';
import { runWordsIn } from '../domain/run-words.ts';
import { VerifiedReport } from '../domain/verify-report.ts';
import {
  type CleanJob,
  cleansOf,
  type RunJob,
  runsOf,
  type VerifyJob,
  verifiesOf,
} from '../queue/contracts.ts';
import type { Queue, QueuedJob, Topic } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import type { Answering } from './answering.ts';
import { endingOf } from './ending.ts';

type Tools = Pick<Answering, 'apps' | 'queue' | 'state'>;

/** A run, a clean or a verification that waits or is in hand. */
export interface InQueue {
  readonly group: string;
  readonly topic: Topic<RunJob> | Topic<CleanJob> | Topic<VerifyJob>;
  readonly job: QueuedJob<RunJob | CleanJob | VerifyJob>;
}

const Ended = z.discriminatedUnion('kind', [RunReport, CleanedReport, VerifiedReport]);

/** The runs, cleans and verifications that words can name: every unfinished one, and those that ended as far as the words name them. */
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

/** How it ended, if that was within the last thirty days. */
export async function endedRun(runId: string, state: State): Promise<EndedWork | undefined> {
  return Ended.safeParse(await state.recall(runKey(runId))).data;
}

/** Runs before cleans, and those before verifications: an app's name stands for its run, where it has several. */
async function allUnfinished({ apps, queue }: Tools): Promise<InQueue[]> {
  const groups = [...new Set(apps.map(({ runsOn }) => runsOn))];
  const kinds = await Promise.all(
    [runsOf, cleansOf, verifiesOf].map((topicOf) =>
      Promise.all(groups.map((group) => inQueue(group, topicOf(group), queue))),
    ),
  );
  return kinds.flat(2);
}

async function inQueue(group: string, topic: InQueue['topic'], queue: Queue): Promise<InQueue[]> {
  const jobs = await queue.unfinished<InQueue['job']['data']>(topic);
  return jobs.map((job) => ({ group, topic, job }));
}

/** By its id, or the last of an app by the app's name. */
async function endedRunNamed(word: string, { apps, state }: Tools) {
  if (!apps.some(({ name }) => name === word))
    return (await endedRun(word, state)) ?? endedRun(word.toLowerCase(), state);
  const last = RunReport.pick({ runId: true }).safeParse(await state.recall(`last.${word}`));
  return last.success ? endedRun(last.data.runId, state) : undefined;
}
