import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isCompressible } from '../../../src/archive/zip/compressible.ts';

const words = Array.from(randomBytes(20_000), (byte, at) => `word${byte * at}`).join(' ');

describe('what is compressed', () => {
  it.each([
    ['text', Buffer.from(words)],
    ['a text of a few words', Buffer.from('a few words')],
    ['noise in hexadecimal', Buffer.from(randomBytes(50_000).toString('hex'))],
    ['noise that repeats itself', Buffer.concat(Array(100).fill(randomBytes(900)))],
    ['numbers of four bytes', Buffer.from(Uint32Array.from({ length: 20_000 }, (_, at) => at * 1013).buffer)],
    ['text behind a header of noise', Buffer.concat([randomBytes(1000), Buffer.from(words)])],
  ])('is %s', (_, content) => {
    expect(isCompressible(content)).toBe(true);
  });

  it.each([
    ['noise', randomBytes(100_000)],
    ['what was compressed before', deflateRawSync(Buffer.from(words))],
    [
      'noise behind a header of text',
      Buffer.concat([Buffer.from(words.slice(0, 1000)), randomBytes(200_000)]),
    ],
  ])('is not %s', (_, content) => {
    expect(isCompressible(content)).toBe(false);
  });
});
