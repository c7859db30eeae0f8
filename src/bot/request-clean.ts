import type { Ask } from '../chat/platform.ts';
import type { CleanCommand } from '../domain/clean-command.ts';
import type { CleanQueued } from '../domain/cleanup-report.ts';
import { toInstant } from '../domain/instant.ts';
import { cleansOf } from '../queue/contracts.ts';
import type { Answered, Answering } from './answering.ts';
import { newId } from './new-id.ts';
import { queueWithCard } from './queue-with-card.ts';
import { isAlive } from './status.ts';

/** Queues a clean and posts its card; or, while one of that app is unfinished, tells about that one. */
export async function requestClean(command: CleanCommand, ask: Ask, tools: Answering): Promise<Answered> {
  const { apps, queue, state, clock } = tools;
  const group = apps.find(({ name }) => name === command.app)?.runsOn ?? 'default';
  const jobId = newId('c');
  const asked = { askedBy: ask.from, askedAt: toInstant(clock()) };
  const queued: CleanQueued = {
    kind: 'clean-queued',
    jobId,
    app: command.app,
    ...asked,
    group,
    workerAlive: await isAlive(group, state),
    already: false,
  };

  const job = { id: jobId, once: `clean.${command.app}`, data: { command, ...asked, replyTo: ask.where } };
  const met = await queueWithCard(cleansOf(group), job, queued, ask, tools);
  if (met === undefined) return { told: [], pending: [jobId], runId: jobId };

  const before = (await queue.unfinished(cleansOf(group))).find(({ id }) => id === met)?.data;
  const theOneMet = before && { askedBy: before.askedBy, askedAt: before.askedAt };
  return { told: [{ ...queued, ...theOneMet, jobId: met, already: true }], pending: [], runId: met };
}
