import { Readable } from 'node:stream';
import type { DateTime } from 'luxon';
import type { Stored } from '../domain/report.ts';
import type { Destination } from './destination.ts';

/** The part of a fan-out that leads to one destination. */
export interface Branch {
  /** Settles when there is room for more, or when the destination is done for. */
  offer(chunk: Buffer): Promise<void>;
  /** Whether the destination has stopped taking bytes. */
  isDone(): boolean;
  /** There is no more to come. Settles when the destination has it for good, or has failed. */
  end(): Promise<Stored>;
  /** What comes is worthless; settles when the destination has cleaned up. */
  abandon(reason: unknown): Promise<void>;
}

/** How much may wait for one destination. What one read takes is written at once, so this is also the size of a write. */
const roomInBytes = 1024 * 1024;

export function openBranch(
  destination: Destination,
  key: string,
  signal: AbortSignal,
  clock: () => DateTime,
): Branch {
  let makeRoom = () => {};
  const content = new Readable({ highWaterMark: roomInBytes, read: () => makeRoom() });
  let done = false;
  const result = store(destination, key, content, signal, clock).finally(() => {
    done = true;
    makeRoom();
  });

  return {
    async offer(chunk) {
      if (done || content.push(chunk)) return;
      await new Promise<void>((resolve) => {
        makeRoom = resolve;
      });
    },
    isDone: () => done,
    async end() {
      if (!done) content.push(null);
      return result;
    },
    async abandon(reason) {
      content.destroy(reason instanceof Error ? reason : new Error(String(reason)));
      await result;
    },
  };
}

async function store(
  destination: Destination,
  key: string,
  content: Readable,
  signal: AbortSignal,
  clock: () => DateTime,
): Promise<Stored> {
  const { name } = destination;
  const startedAt = clock();
  // A store that has failed listens no more, and an error nobody listens to would end the process.
  content.on('error', () => {});
  try {
    await destination.store(key, content, signal);
    if (!content.readableEnded) throw new Error(`${name} stopped reading before the end of the archive.`);
  } catch (error) {
    return {
      outcome: 'failed',
      destination: name,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
  const seconds = clock().diff(startedAt).as('seconds');
  return { outcome: 'stored', destination: name, seconds, path: destination.locate(key) };
}
