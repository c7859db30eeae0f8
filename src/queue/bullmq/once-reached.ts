import { setTimeout } from 'node:timers/promises';
import type { Running } from '../queue.ts';
import type { Backend, QueueEvents, Worker } from './backend.ts';

type Started = Worker | QueueEvents;

/** Starts something as soon as the server can be used, however long that takes; closing it before is fine too. */
export function onceReached(
  backend: Backend,
  start: () => Started,
  onError: (error: Error) => void,
): Running {
  const closing = new AbortController();
  const started = startWhenReached();

  async function startWhenReached(): Promise<Started | undefined> {
    while (!closing.signal.aborted) {
      if (await reached(backend, onError)) return closing.signal.aborted ? undefined : start();
      await setTimeout(1000, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    return undefined;
  }

  return {
    async close() {
      closing.abort();
      const one = await started;
      if (one !== undefined) await backend.close(one);
    },
  };
}

async function reached(backend: Backend, onError: (error: Error) => void): Promise<boolean> {
  return backend.reach().then(
    () => true,
    (error: Error) => {
      onError(error);
      return false;
    },
  );
}
