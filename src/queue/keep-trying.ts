import { sentenceOf } from '../log.ts';
import type { Running } from './queue.ts';

const pauseInMs = 15_000;

/** Does something as soon as it can be done: while the queue is away it is tried again and again. `what` waits meanwhile: `The schedules`. */
export function keepTrying(
  what: string,
  work: () => Promise<void>,
  warn: (sentence: string) => void,
): Running {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let trying = attempt();

  async function attempt(): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      warn(`${what} wait for the queue: ${sentenceOf(thrown)}`);
      if (!closed) timer = setTimeout(again, pauseInMs);
    }
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
