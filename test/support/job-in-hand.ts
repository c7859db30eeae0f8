import type { JobInHand } from '../../src/queue/queue.ts';

/** A job as the queue hands it out, without a queue. */
export function inHand<Data>(id: string, data: Data, facts: Partial<JobInHand<Data>> = {}): JobInHand<Data> {
  return {
    id,
    data,
    attempt: 1,
    deaths: 0,
    isLastAttempt: false,
    progress: () => {},
    signal: new AbortController().signal,
    ...facts,
  };
}
