import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../src/domain/beginning-of.ts';

describe('the beginning of a text', () => {
  it('is the text itself where it is short, else as long as it may be', () => {
    expect(beginningOf('shop', 4)).toBe('shop');
    expect(beginningOf('shops', 4)).toBe('shop');
  });

  it.each([
    ['an emoji', 'ab😀', 3, 'ab'],
    ['a letter and its accent', 'abe\u0301', 3, 'ab'],
    ['a family of four', 'ab👨‍👩‍👧‍👦', 8, 'ab'],
    ['a flag', 'ab🇧🇪', 4, 'ab'],
  ])('does not cut %s', (_, text, longest, expected) => {
    expect(beginningOf(text, longest)).toBe(expected);
  });

  it('is a beginning, short enough and without half characters, of any text', () => {
    const texts = fc.array(fc.constantFrom('a', '😀', 'e\u0301', '\u200d', '🇧', '\u0301'.repeat(70)));
    fc.assert(
      fc.property(texts, fc.nat(200), (parts, longest) => {
        const text = parts.join('');
        const cut = beginningOf(text, longest);

        expect(text.startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(longest);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        expect(cut.length).toBeGreaterThan(Math.min(text.length, longest) - 64);
      }),
    );
  });
});
