import type { deflateRawSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { deflateCodec } from '../../../src/archive/zip/deflate-codec.ts';

// Memory that errs cannot be had: one bit of what zlib makes is turned around.
vi.mock('node:zlib', async (original) => {
  const zlib = await original<typeof import('node:zlib')>();
  const withFault = (...args: Parameters<typeof deflateRawSync>) => {
    const deflated = zlib.deflateRawSync(...args);
    deflated[20] = (deflated[20] ?? 0) ^ 1;
    return deflated;
  };
  return { ...zlib, deflateRawSync: withFault };
});

const content = Buffer.from('Databases and files into one plain zip. '.repeat(100));

it.each([
  ['a whole entry', deflateCodec(6).whole],
  ['a block', deflateCodec(6).large.block],
])('%s that memory has spoilt while it was compressed never gets into an archive', (_, compress) => {
  expect(() => compress(content)).toThrow('does not unpack to what it was');
});
