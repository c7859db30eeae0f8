import type { Ask } from '../chat/platform.ts';
import { toInstant } from '../domain/instant.ts';
import { CancelRequest, cancelKey, runKey, runMemoryInSeconds } from '../domain/run-memory.ts';
import { addressName, type Who } from '../domain/who.ts';
import { reports } from '../queue/contracts.ts';
import { answerCanceller, cancelReport } from './answer-canceller.ts';
import { type Answered, type Answering, toAsker } from './answering.ts';
import { endingOf } from './ending.ts';
import { newId } from './new-id.ts';
import { endedRun, type InQueue, unfinishedRun } from './runs.ts';
import { isAlive } from './status.ts';
import { withdrawn } from './withdrawn.ts';

const rememberedInSeconds = 7 * 24 * 3600;

/**
 * Cancels a run or a clean wherever it is. One that waits is taken out of the queue; one in hand is ended by its worker,
 * which looks for the request left here. Whoever asked is told when the run has ended, one way or the other.
 */
export async function cancelRun(runId: string, ask: Ask, tools: Answering): Promise<Answered> {
  const found = await unfinishedRun(runId, tools);
  if (found === undefined) return tooLate(runId, ask, tools);

  const { group, topic, job } = found;
  const mine = requestOf(job, ask);
  if (!(await tools.state.claim(cancelKey(runId), mine, rememberedInSeconds)))
    return awaited(job, (await firstWhoAsked(runId, tools)) ?? ask.from);
  if (await tools.queue.withdraw<unknown>(topic, runId)) await tellWithdrawn(job, ask.from, tools);
  else if (!(await isAlive(group, tools.state))) return awaited(job, ask.from);
  else await answerIfEnded(runId, tools);
  return { told: [], pending: [mine.jobId], runId };
}

/** Its report may have been told in the moment before the request was there. */
async function answerIfEnded(runId: string, tools: Answering): Promise<void> {
  const run = await endedRun(runId, tools.state);
  if (run !== undefined) await answerCanceller(endingOf(run), tools);
}

async function tooLate(runId: string, ask: Ask, { state }: Answering): Promise<Answered> {
  const run = await endedRun(runId, state);
  if (run === undefined) throw new Error(`${runId} ended in this moment; ask again for its status.`);
  return { told: [cancelReport(endingOf(run), ask.from)], pending: [], runId };
}

function requestOf({ data }: InQueue['job'], ask: Ask): CancelRequest {
  const pressedIn = ask.pressedOn && addressName(ask.pressedOn.to);
  const seenOnCard = data.replyTo !== undefined && pressedIn === addressName(data.replyTo);
  return { by: ask.from, jobId: newId('q'), replyTo: toAsker(ask), seenOnCard };
}

async function firstWhoAsked(runId: string, { state }: Answering): Promise<Who | undefined> {
  return CancelRequest.safeParse(await state.recall(cancelKey(runId))).data?.by;
}

function awaited(job: InQueue['job'], by: Who): Answered {
  const { app, verb: doing } = job.data.command;
  return {
    told: [{ kind: 'cancel', runId: job.id, doing, app, by, became: 'awaited' }],
    pending: [],
    runId: job.id,
  };
}

/** Nobody else is left to tell of it. */
async function tellWithdrawn(
  { id, data }: InQueue['job'],
  by: Who,
  { queue, state, clock }: Answering,
): Promise<void> {
  const report = withdrawn({ id, data }, by, toInstant(clock()));
  const { replyTo } = data;
  await queue.add(reports, {
    id: `report.${id}`,
    attempts: 20,
    data: { jobId: id, report, ...(replyTo && { replyTo }) },
  });
  await state.remember(runKey(id), report, runMemoryInSeconds);
}
