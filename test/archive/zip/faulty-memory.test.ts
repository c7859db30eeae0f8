import { expect, it, vi } from 'vitest';
import type { Codec } from '../../../src/archive/zip/codec.ts';
import { deflateCodec } from '../../../src/archive/zip/deflate-codec.ts';
import { hasZstd } from '../../../src/archive/zip/has-zstd.ts';
import { zstdCodec } from '../../../src/archive/zip/zstd-codec.ts';

// Memory that errs cannot be had: one bit of what zlib makes is turned around.
vi.mock('node:zlib', async (original) => {
  const { default: zlib } = await original<{ default: Record<string, (...args: unknown[]) => Buffer> }>();
  const withFault = (name: string) => ({
    [name](...args: unknown[]) {
      const compressed = zlib[name]?.(...args) ?? Buffer.alloc(0);
      compressed[20] = (compressed[20] ?? 0) ^ 1;
      return compressed;
    },
  });
  const faulty = {
    ...zlib,
    ...withFault('deflateRawSync'),
    ...('zstdCompressSync' in zlib && withFault('zstdCompressSync')),
  };
  return { ...faulty, default: faulty };
});

const content = Buffer.from('Databases and files into one plain zip. '.repeat(100));

const ways: [string, Codec['whole']][] = [
  ['a whole entry', deflateCodec(6).whole],
  ['a block', deflateCodec(6).large.block],
];
if (hasZstd) ways.push(['a whole entry of Zstandard', zstdCodec.whole]);

it.each(ways)(
  '%s that memory has spoilt while it was compressed never gets into an archive',
  (_, compress) => {
    expect(() => compress(content)).toThrow('does not unpack to what it was');
  },
);
