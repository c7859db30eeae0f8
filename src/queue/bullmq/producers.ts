import type { Backend, Queue } from './backend.ts';
import { nextFiring } from './next-firing.ts';

/** BullMQ queues by name, opened when they are first needed. */
export interface Producers {
  of(name: string): Promise<Queue>;
  close(): Promise<void>;
}

export function producersOn(backend: Backend, onError: (error: Error) => void): Producers {
  const opened = new Map<string, Promise<Queue>>();

  async function open(name: string): Promise<Queue> {
    await backend.reach();
    const queue = backend.queue(name, {
      defaultJobOptions: keptAfterwards,
      settings: { repeatStrategy: nextFiring },
    });
    queue.on('error', onError);
    await queue.waitUntilReady();
    return queue;
  }

  return {
    of(name) {
      const queue = opened.get(name) ?? open(name);
      opened.set(name, queue);
      // BullMQ's queue never recovers from a first connection that failed; the next caller gets a new one.
      queue.catch(() => opened.delete(name));
      return queue;
    },
    async close() {
      const queues = await Promise.all(opened.values());
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}

// Finished jobs are kept for a while: as long as one is, its id cannot be added again.
const keptAfterwards = {
  removeOnComplete: { age: 24 * 3600, count: 1000 },
  removeOnFail: { age: 7 * 24 * 3600, count: 1000 },
};
