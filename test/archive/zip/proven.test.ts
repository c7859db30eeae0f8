import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { proven } from '../../../src/archive/zip/proven.ts';

const content = Buffer.from('Databases and files into one plain zip. '.repeat(100));
const unpack = (compressed: Buffer) => inflateRawSync(compressed);

describe('what was compressed', () => {
  it('is kept when it unpacks to what it was', () => {
    const compressed = deflateRawSync(content);

    expect(proven(compressed, content, unpack)).toBe(compressed);
  });

  it('is refused when a bit of it is not as it was, or its end is missing', () => {
    const compressed = deflateRawSync(content);
    const spoilt = Buffer.from(compressed);
    spoilt[10] = (spoilt[10] ?? 0) ^ 4;

    expect(() => proven(spoilt, content, unpack)).toThrow('The memory of this machine may be faulty.');
    expect(() => proven(compressed.subarray(0, -5), content, unpack)).toThrow(
      'does not unpack to what it was',
    );
  });
});
