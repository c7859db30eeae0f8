import type { Ask } from '../chat/platform.ts';
import type { Command } from '../domain/command.ts';
import { toInstant } from '../domain/instant.ts';
import type { Report, Unfinished } from '../domain/report.ts';
import { writeCommand } from '../domain/write-command.ts';
import { runsOf } from '../queue/contracts.ts';
import type { Answered, Answering } from './answering.ts';
import { newId } from './new-id.ts';
import { queueWithCard } from './queue-with-card.ts';
import { isAlive, unfinishedIn } from './status.ts';

type RunCommand = Extract<Command, { verb: 'run' }>;

/** A run to ask for; `retryOf` is the one whose words it repeats. */
interface Wanted {
  readonly command: RunCommand;
  readonly retryOf?: string;
}

/** Queues a run and posts its card; or, while a run of that app is unfinished, tells about that one. */
export async function requestRun(
  { command, retryOf }: Wanted,
  ask: Ask,
  tools: Answering,
): Promise<Answered> {
  const { apps, queue, state, clock } = tools;
  const group = apps.find(({ name }) => name === command.app)?.runsOn ?? 'default';
  const runId = newId('r');
  const asked = { askedBy: ask.from, askedAt: toInstant(clock()), ...(retryOf !== undefined && { retryOf }) };
  const before = await unfinishedIn(group, queue);
  const workerAlive = await isAlive(group, state);

  const queued: Report = {
    kind: 'queued',
    runId,
    app: command.app,
    ...asked,
    ahead: before.length,
    group,
    workerAlive,
  };
  const job = { id: runId, once: `run.${command.app}`, data: { command, ...asked, replyTo: ask.where } };
  const queueIt = () => queueWithCard(runsOf(group), job, queued, ask, tools);
  let met = await queueIt();
  if (met !== undefined && (await takesPlaceOf(met, command, group, tools))) met = await queueIt();
  if (met === undefined) return { told: [], pending: [runId], runId };
  return {
    told: [{ kind: 'already-running', run: await theOneMet(met, command.app, group, tools) }],
    pending: [],
    runId: met,
  };
}

/**
 * A run of the schedule that waits for its turn, or for its minutes of `jitter`, is made now instead when somebody asks for the same.
 * @throws {QueueError}
 */
async function takesPlaceOf(
  met: string,
  command: RunCommand,
  group: string,
  { queue }: Pick<Answering, 'queue'>,
): Promise<boolean> {
  const waiting = (await queue.unfinished(runsOf(group))).find(({ id }) => id === met);
  if (waiting?.state !== 'waiting' || !waiting.data.askedBy.id.startsWith('schedule:')) return false;
  if (writeCommand(waiting.data.command) !== writeCommand(command)) return false;
  return queue.withdraw(runsOf(group), met);
}

/** It may have ended between being met and being looked up; then little is known of it any more. */
async function theOneMet(
  runId: string,
  app: string,
  group: string,
  { queue, clock }: Answering,
): Promise<Unfinished> {
  const found = (await unfinishedIn(group, queue)).find((run) => run.runId === runId);
  return (
    found ?? {
      runId,
      doing: 'run',
      app,
      askedBy: { id: 'unknown:', groups: [] },
      askedAt: toInstant(clock()),
      state: 'running',
    }
  );
}
