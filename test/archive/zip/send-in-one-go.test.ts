import { Transform } from 'node:stream';
import { createInflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBatch } from '../../../src/archive/zip/batch.ts';
import type { InOneGo } from '../../../src/archive/zip/codec.ts';
import { deflateCodec } from '../../../src/archive/zip/deflate-codec.ts';
import type { Line } from '../../../src/archive/zip/line.ts';
import { sendInOneGo } from '../../../src/archive/zip/send-in-one-go.ts';
import type { Step } from '../../../src/archive/zip/step.ts';
import { fileEntry } from '../zipping.ts';

const content = Buffer.from('Databases and files into one plain zip. '.repeat(5000));
const deflated = deflateRawSync(content);

describe('content that is compressed from its beginning to its end', () => {
  it('goes into the archive as it was compressed', async () => {
    const steps = await sent(content);

    expect(steps.map(({ kind }) => kind)).toEqual(['begin', 'block', 'block', 'end']);
    expect(inflateRawSync(bytesOf(steps)).equals(content)).toBe(true);
  });

  it.each([
    ['does not unpack at all', withBitTurned(0)],
    ['unpacks to something else', withBitTurned(100)],
    ['has lost its end', deflated.subarray(0, -5)],
  ])('is refused when it %s', async (_, spoilt) => {
    await expect(sent(content, spoilt)).rejects.toThrow(
      'Could not make the archive, because what was compressed does not unpack to what it was.',
    );
  });

  it('fails as what gives it fails', async () => {
    await expect(sent(endingWith(new Error('The database went away.')))).rejects.toThrow(
      'The database went away.',
    );
  });
});

/** The steps that content takes, where it becomes `compressed`. */
async function sent(from: Buffer | Iterable<Buffer>, compressed: Buffer = deflated): Promise<Step[]> {
  const steps: Step[] = [];
  const line: Line = {
    signal: new AbortController().signal,
    codec: deflateCodec(6),
    run: () => Promise.reject(new Error('No thread is needed.')),
    put: async (step) => void steps.push(await step),
  };
  await sendInOneGo(fileEntry('dump.sql', from), becoming(compressed), openBatch(line), line);
  return steps;
}

/** A fault of memory cannot be had, so what comes out is given. */
function becoming(compressed: Buffer): InOneGo {
  const compress = () =>
    new Transform({
      transform: (_chunk, _encoding, done) => done(),
      flush: (done) => done(null, compressed),
    });
  return { kind: 'in one go', compress, unpack: () => createInflateRaw() };
}

function withBitTurned(at: number) {
  const spoilt = Buffer.from(deflated);
  spoilt[at] = (spoilt[at] ?? 0) ^ 4;
  return spoilt;
}

function* endingWith(error: Error): Generator<Buffer> {
  yield content;
  throw error;
}

function bytesOf(steps: readonly Step[]): Buffer {
  return Buffer.concat(steps.flatMap((step) => (step.kind === 'block' ? [step.block.bytes] : [])));
}
