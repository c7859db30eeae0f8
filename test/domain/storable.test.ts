import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storable, storableJson, storableText } from '../../src/domain/storable.ts';

const anyText = fc.string({ unit: 'binary' });
const anyJson = fc.jsonValue({ stringUnit: 'binary' });

describe('a value that every store takes', () => {
  it('has no NUL and no half character, in values and in keys, whatever it held', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('\0', '\ud83d', '\udc00'), anyText)), (parts) => {
        const text = parts.join('');
        const json = storableJson({ [text]: [text, { deep: text }] });

        expect(json).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
        expect(JSON.parse(json)).toEqual({
          [storableText(text)]: [storableText(text), { deep: storableText(text) }],
        });
        expect(storableText(text)).toHaveLength(text.length);
      }),
    );
  });

  it('is what it was, where a store takes it as it is', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        fc.pre(!/\\u(0000|d[89a-f])/i.test(JSON.stringify(value)));

        expect(storable(value)).toBe(value);
      }),
    );
    expect(storableText('café 😀 \\u0000')).toBe('café 😀 \\u0000');
    expect(storable({ path: 'C:\\u0000' })).toEqual({ path: 'C:\\u0000' });
  });

  it('replaces each character that a store refuses by one', () => {
    expect(storable({ said: 'at \0 row', half: ['😀'.slice(0, 1)] })).toEqual({
      said: 'at \ufffd row',
      half: ['\ufffd'],
    });
  });
});
