import { setTimeout } from 'node:timers/promises';
import type { Running } from '../queue.ts';
import type { Backend } from './backend.ts';

interface Closable {
  close(): Promise<unknown>;
}

/** Starts something as soon as the server can be used, however long that takes; closing it before is fine too. */
export function onceReached(
  backend: Backend,
  start: () => Closable,
  onError: (error: Error) => void,
): Running {
  const closing = new AbortController();
  const started = startWhenReached();

  async function startWhenReached(): Promise<Closable | undefined> {
    while (!closing.signal.aborted) {
      if (await reached(backend, onError)) return closing.signal.aborted ? undefined : start();
      await setTimeout(1000, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    return undefined;
  }

  return {
    async close() {
      closing.abort();
      await (await started)?.close();
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
