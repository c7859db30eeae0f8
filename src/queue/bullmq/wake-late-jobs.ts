import type { Running } from '../queue.ts';
import type { Queue } from './backend.ts';

/** What the clocks of two machines may differ. */
const graceMs = 10 * 60_000;

/**
 * Looks from time to time for jobs that were made to wait while a clock was ahead, and has them begin. They wait until an instant, so
 * once the clock is put right they would wait for as much longer. The next firings are for whoever puts the schedules.
 */
export function wakeLateJobs(
  open: () => Promise<Queue>,
  everyMs: number,
  onError: (error: Error) => void,
): Running {
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);

  async function look(): Promise<void> {
    try {
      const queue = await open();
      const delayed = await queue.getDelayed();
      for (const job of delayed) if (isFromTheFuture(job)) await job.promote();
    } catch (thrown) {
      onError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

type Delayed = Awaited<ReturnType<Queue['getDelayed']>>[number];

/** It was added, or last begun, at an instant that has not come yet. */
function isFromTheFuture({ timestamp, processedOn = 0, repeatJobKey, attemptsMade }: Delayed): boolean {
  const isNextFiring = repeatJobKey !== undefined && attemptsMade === 0;
  return !isNextFiring && Math.max(timestamp, processedOn) > Date.now() + graceMs;
}
