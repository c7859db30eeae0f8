import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineCrc32 } from '../../../src/archive/zip/crc32.ts';

describe('the CRC-32 of two pieces', () => {
  it('is that of the whole, wherever it was cut', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (first, second) => {
        const combined = combineCrc32(crc32(first), crc32(second), second.length);

        expect(combined).toBe(crc32(Buffer.concat([first, second])));
      }),
    );
  });

  it('is right for pieces of a MiB and more', () => {
    const piece = Buffer.alloc(3 * 1024 * 1024 + 7, 'Holdfast ');

    const combined = combineCrc32(crc32(piece), crc32(piece), piece.length);

    expect(combined).toBe(crc32(Buffer.concat([piece, piece])));
  });
});
