import type { Queue } from './backend.ts';

const waitingStates = ['waiting', 'prioritized', 'delayed'];

/** BullMQ removes finished jobs as well, and with them the memory of their id; only what waits is meant here. */
export async function withdrawFrom(queue: Queue, id: string): Promise<boolean> {
  const state = await queue.getJobState(id);
  // A job that a worker takes in this moment is locked, and is not removed.
  return waitingStates.includes(state) && (await queue.remove(id)) === 1;
}
