import { Gauge, type Registry } from './prometheus.ts';

/** How many jobs one queue has. */
export interface QueueDepth {
  readonly queue: string;
  readonly waiting: number;
  readonly running: number;
}

/** How much waits, and whether the queue answers at all, after each call of what is returned. */
export function queueMetrics(
  registry: Registry,
  depths: () => Promise<readonly QueueDepth[]>,
): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({
    name: 'holdfast_queue_up',
    help: 'Whether the queue answered just now.',
    registers,
  });
  const jobs = new Gauge({
    ...{ name: 'holdfast_queue_jobs', help: 'Jobs that wait or are in hand, by queue.', registers },
    labelNames: ['queue', 'state'],
  });

  return async () => {
    const found = await depths().catch(() => undefined); // What is wrong is said by whoever needs the queue.
    up.set(found === undefined ? 0 : 1);
    jobs.reset();
    for (const { queue, waiting, running } of found ?? []) {
      jobs.set({ queue, state: 'waiting' }, waiting);
      jobs.set({ queue, state: 'running' }, running);
    }
  };
}
