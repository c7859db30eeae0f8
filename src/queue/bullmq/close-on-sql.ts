import { setTimeout } from 'node:timers/promises';
import type { QueueEvents, Worker } from 'bullmq';

const attempts = 50;
const pauseInMs = 20;

/**
 * Closes, and ends `reading`, the loop in which a follower reads events. BullMQ 6.7 interrupts the wait for the next event on
 * closing, but a wait that begins at that moment lasts its whole ten seconds and keeps the process alive, so it is interrupted
 * again until the loop has ended. Gives up after a second, as a database that does not answer holds the loop as well.
 */
export async function closeOnSql(one: Worker | QueueEvents, reading?: Promise<unknown>): Promise<void> {
  await one.close();
  if (reading === undefined) return;

  for (let attempt = 0; attempt < attempts; attempt++) {
    const ended = await Promise.race([reading.then(() => true), setTimeout(pauseInMs, false)]);
    if (ended) return;
    await one.getBackend().disconnect();
  }
}
