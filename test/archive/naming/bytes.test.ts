import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  exactText,
  hasOtherBytes,
  isPlain,
  readableText,
  shown,
} from '../../../src/archive/naming/bytes.ts';

const names = fc.oneof(
  fc.uint8Array({ minLength: 1 }),
  fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
);

describe('a name as text', () => {
  it('has all of its bytes, whatever they are', () => {
    fc.assert(
      fc.property(names, (bytes) => {
        const name = Buffer.from(bytes);
        expect(bytesOf(exactText(name))).toEqual(name);
        expect(hasOtherBytes(exactText(name))).toBe(!isPlain(name));
      }),
    );
  });

  it('is shown as it is read: old names as Latin-1', () => {
    const name = Buffer.from([0x63, 0xe9, 0xff]);

    expect(readableText(name)).toBe('céÿ');
    expect(shown(exactText(name))).toBe('céÿ');
    expect(shown('🎉 é')).toBe('🎉 é');
  });
});
