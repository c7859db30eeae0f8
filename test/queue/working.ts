import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Pace } from '../../src/queue/bullmq/pace.ts';
import type { JobInHand, Queue, Topic } from '../../src/queue/queue.ts';

/** As the product's, but that a test need not wait for it. */
export const quickPace: Pace = {
  lockMs: 1000,
  stalledCheckMs: 500,
  firstPauseMs: 20,
  longestPauseMs: 60_000,
  lateCheckMs: 200,
};

/** A topic that nobody else uses. */
export function newTopic(): Topic<{ text: string }> {
  return { name: `test.${randomUUID()}`, schema: z.object({ text: z.string() }) };
}

/** Works on the topic until so many jobs were handed out (a second try counts), and gives them in that order. */
export async function take<Data>(
  queue: Queue,
  topic: Topic<Data>,
  count: number,
  handle: (job: JobInHand<Data>) => Promise<unknown> = async () => {},
): Promise<JobInHand<Data>[]> {
  const taken: JobInHand<Data>[] = [];
  await new Promise<void>((resolve) => {
    const working = queue.work(topic, async (job) => {
      taken.push(job);
      if (taken.length >= count) resolve(working.close());
      await handle(job);
    });
  });
  return taken;
}
