import { sentenceOf } from '../log.ts';
import type { Running } from './queue.ts';

/** In milliseconds. */
export interface LookingAfter {
  /** Before it is tried again, when it could not be done. */
  readonly pauseMs: number;
  /** Before it is seen to again, when it could. */
  readonly againMs: number;
}

const usual: LookingAfter = { pauseMs: 15_000, againMs: 60_000 };

/**
 * Puts something into the queue as soon as that can be done, and sees every minute that it is there still: a server may come back
 * without its data, and a schedule that has gone is a backup nobody makes. `work` changes nothing where all is as it should be.
 * `what` waits meanwhile: `The schedules`.
 */
export function keepTrying(
  what: string,
  work: () => Promise<void>,
  warn: (sentence: string) => void,
  { pauseMs, againMs }: LookingAfter = usual,
): Running {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let trying = attempt();

  async function attempt(): Promise<void> {
    const pause = await work().then(
      () => againMs,
      (thrown) => {
        warn(`${what} wait for the queue: ${sentenceOf(thrown)}`);
        return pauseMs;
      },
    );
    if (!closed) timer = setTimeout(again, pause);
  }

  function again(): void {
    trying = attempt();
  }

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await trying;
    },
  };
}
