import { setTimeout } from 'node:timers/promises';
import type { QueueEvents, Worker } from 'bullmq';

const attempts = 50;
const pauseInMs = 20;

/**
 * Closes, and sees that `reading` ends, the loop in which a follower reads events. BullMQ 6.7 ends the wait for the next event
 * when the follower is closed, but a wait that was only about to begin then lasts its whole ten seconds and keeps the process
 * alive. So the wait is ended again until the loop has ended. A database that does not answer holds the loop, too: that is
 * waited for one second at most.
 */
export async function closeOnSql(one: Worker | QueueEvents, reading?: Promise<unknown>): Promise<void> {
  await one.close();
  if (reading === undefined) return;

  let ended = false;
  void reading.finally(() => {
    ended = true;
  });
  for (let attempt = 0; attempt < attempts; attempt++) {
    await Promise.race([reading, setTimeout(pauseInMs)]);
    if (ended) return;
    await one.getBackend().disconnect();
  }
}
