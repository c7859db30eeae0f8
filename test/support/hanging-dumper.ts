import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Dumper } from '../../src/databases/dumper.ts';

export interface HangingDumper extends Dumper {
  /** Settles when a piece of the dump has been read. */
  readonly reached: Promise<unknown>;
  /** Whether it was told to end, and did. */
  hasEnded(): boolean;
}

/** A database that gives a piece of its dump, and then nothing more until it is told to end. */
export function hangingDumper(): HangingDumper {
  const events = new EventTarget();
  const reached = once(events, 'reached');
  let hasEnded = false;

  async function* piece(signal: AbortSignal): AsyncGenerator<Buffer> {
    try {
      yield randomBytes(1024 * 1024);
      events.dispatchEvent(new Event('reached'));
      if (!signal.aborted) await once(signal, 'abort');
      throw signal.reason;
    } finally {
      hasEnded = true;
    }
  }

  return {
    title: 'mysql shop on 127.0.0.1',
    fileName: 'mysql-shop.sql',
    reached,
    hasEnded: () => hasEnded,
    async check() {},
    estimate: async () => 0,
    dump: async (signal) => ({
      content: Readable.from(piece(signal), { objectMode: false }),
      facts: () => ({ driver: 'mysql', program: 'none', database: 'shop', tables: [] }),
      warnings: [],
    }),
  };
}
