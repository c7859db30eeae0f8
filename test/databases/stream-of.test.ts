import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../../src/databases/stream-of.ts';

async function* rows(): AsyncGenerator<Buffer> {
  yield Buffer.from('a row');
}

/** By then an error that nobody listens to has ended the process. */
async function readLater(stream: Readable): Promise<string> {
  await setImmediate();
  return text(stream);
}

describe('a dump that is called off', () => {
  it('before there is anything to read ends nothing else, and says so to whoever reads it', async () => {
    const stream = streamOf(rows, AbortSignal.abort());

    await expect(readLater(stream)).rejects.toThrow('aborted');
  });

  it('before anybody reads it ends nothing else either', async () => {
    const calledOff = new AbortController();
    const stream = streamOf(rows, calledOff.signal);

    calledOff.abort();

    await expect(readLater(stream)).rejects.toThrow('aborted');
  });
});
