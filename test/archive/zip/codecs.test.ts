import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Compression } from '../../../src/archive/zip/codec.ts';
import { codecOf } from '../../../src/archive/zip/codecs.ts';
import { hasZstd } from '../../../src/archive/zip/zstd-codec.ts';

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
  ])('gives back %s that went in in blocks', (_, blocks) => {
    const compressed = Buffer.concat([...blocks.map(codec.block), codec.ending]);

    expect(unpack(compressed, codec.method).equals(Buffer.concat(blocks))).toBe(true);
  });

  it.each([1, 10, 250, 251, 505, 506, 1000, 32_768, 65_536, text.length])(
    'gives back %d whole bytes',
    (length) => {
      const content = text.subarray(0, length);

      expect(unpack(codec.whole(content), codec.method).equals(content)).toBe(true);
    },
  );

  it('makes a block that does not compress hardly larger', () => {
    expect(codec.block(noise).length).toBeLessThan(noise.length * 1.001);
  });
});

it('makes text several times smaller', () => {
  expect(codecOf({ level: 6 }).block(text).length).toBeLessThan(text.length / 10);
});

function unpack(compressed: Buffer, method: number): Buffer {
  if (method === 8) return zlib.inflateRawSync(compressed);
  // A cast, because the types are those of a Node that has no zstd.
  return (zlib as unknown as { zstdDecompressSync(bytes: Buffer): Buffer }).zstdDecompressSync(compressed);
}
