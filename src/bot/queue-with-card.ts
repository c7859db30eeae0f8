import type { Ask, Posted } from '../chat/platform.ts';
import type { Report } from '../domain/report.ts';
import { sentenceOf } from '../log.ts';
import type { NewJob, Topic } from '../queue/queue.ts';
import type { Answering } from './answering.ts';
import { render } from './render.ts';

/**
 * Queues a job and posts its card, which its result will take the place of. Gives the job that was met instead, if one
 * with the same `once` is unfinished; then nothing is posted. @throws {QueueError} @throws {StateError}
 */
export async function queueWithCard<Data>(
  topic: Topic<Data>,
  job: NewJob<Data>,
  card: Report,
  { from, where }: Ask,
  { queue, cards, clock, log, outbox }: Answering,
): Promise<string | undefined> {
  let met: string | undefined;

  await cards.open(job.id, where, async () => {
    const result = await queue.add(topic, job);
    if (result.added) return post();
    met = result.metId;
    return undefined;
  });
  return met;

  /** A platform that does not take the card does not stop the job; its result is then a message of its own. */
  async function post(): Promise<Posted | undefined> {
    try {
      const message = { ...render(card, clock()), postId: `card.${job.id}` };
      return await outbox.post({ to: where, asker: from.id, report: card, message });
    } catch (thrown) {
      log.warn(`The card of ${job.id} could not be posted: ${sentenceOf(thrown)}`);
      return undefined;
    }
  }
}
