import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Codec, Compression } from '../../../src/archive/zip/codec.ts';
import { codecOf } from '../../../src/archive/zip/codecs.ts';
import { deflateCodec } from '../../../src/archive/zip/deflate-codec.ts';
import { hasZstd } from '../../../src/archive/zip/has-zstd.ts';

const text = Buffer.from('Databases and files into one plain zip. '.repeat(5000));
const noise = randomBytes(200_000);

const levels: Compression['level'][] = [0, 1, 6, 9, ...(hasZstd ? (['zstd'] as const) : [])];

describe.each(levels)('compression at level %s', (level) => {
  const codec = codecOf({ level });

  it.each([
    ['text', [text]],
    ['noise', [noise]],
    ['text, noise and text', [text, noise, text]],
    ['a single byte', [Buffer.from('x')]],
  ])('gives back %s that went in part by part', async (_, parts) => {
    const compressed = await largeOf(codec, parts);

    expect(unpack(compressed, codec.method).equals(Buffer.concat(parts))).toBe(true);
  });

  it.each([1, 10, 250, 251, 505, 506, 1000, 32_768, 65_536, text.length])(
    'gives back %d whole bytes',
    (length) => {
      const content = text.subarray(0, length);

      expect(unpack(codec.whole(content), codec.method).equals(content)).toBe(true);
    },
  );

  it('makes what does not compress hardly larger', async () => {
    expect((await largeOf(codec, [noise])).length).toBeLessThan(noise.length * 1.001);
  });
});

it('makes text several times smaller', () => {
  expect(deflateCodec(6).large.block(text).length).toBeLessThan(text.length / 10);
});

/** Large content as it stands in the archive. */
async function largeOf({ large }: Codec, parts: readonly Buffer[]): Promise<Buffer> {
  if (large.kind === 'in one go') return buffer(Readable.from(parts).pipe(large.compress()));
  return Buffer.concat([...parts.map(large.block), large.ending]);
}

function unpack(compressed: Buffer, method: number): Buffer {
  if (method === 8) return zlib.inflateRawSync(compressed);
  // A cast, because the types are those of a Node that has no zstd.
  return (zlib as unknown as { zstdDecompressSync(bytes: Buffer): Buffer }).zstdDecompressSync(compressed);
}
