import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Part, partsOf } from '../../../src/destinations/s3/parts.ts';

const contentOf = (pieces: readonly string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));

/** What each part was, given back at once. */
async function cut(pieces: readonly string[], sizeInBytes: number, most = 2): Promise<string[]> {
  const texts: string[] = [];
  for await (const { bytes, giveBack } of partsOf(contentOf(pieces), { sizeInBytes, most })) {
    texts.push(bytes.toString());
    giveBack();
  }
  return texts;
}

describe('the parts of what is sent', () => {
  it('are of one size, but for the last', async () => {
    expect(await cut(['a', 'bcdefg', '', 'hi'], 4)).toEqual(['abcd', 'efgh', 'i']);
  });

  it('are one when all fits into it, or there is nothing', async () => {
    expect(await cut(['abcd'], 4)).toEqual(['abcd']);
    expect(await cut([], 4)).toEqual(['']);
  });

  it('are numbered from 1, and only the last is the last', async () => {
    const seen: Pick<Part, 'number' | 'isLast'>[] = [];
    for await (const { giveBack, bytes: _, ...part } of partsOf(contentOf(['abcdef']), {
      sizeInBytes: 2,
      most: 1,
    })) {
      seen.push(part);
      giveBack();
    }

    expect(seen).toEqual([
      { number: 1, isLast: false },
      { number: 2, isLast: false },
      { number: 3, isLast: true },
    ]);
  });

  it('lose nothing of any content, in whatever pieces it comes', async () => {
    const pieces = fc.array(fc.string({ maxLength: 20, unit: 'grapheme-ascii' }), { maxLength: 30 });
    const sizes = fc.integer({ min: 1, max: 10 });

    await fc.assert(
      fc.asyncProperty(pieces, sizes, sizes, async (content, size, most) => {
        const texts = await cut(content, size, most);

        expect(texts.join('')).toBe(content.join(''));
        expect(texts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
      }),
    );
  });

  it('use the memory of those that were given back, and wait for it when too many are out', async () => {
    const parts = partsOf(contentOf(['aabbcc']), { sizeInBytes: 2, most: 2 });
    const next = async () => (await parts.next()).value as Part;
    const [first, second] = [await next(), await next()];

    const third = next();
    first.giveBack();

    expect((await third).bytes.toString()).toBe('cc');
    expect((await third).bytes.buffer).toBe(first.bytes.buffer);
    expect(second.bytes.toString()).toBe('bb');
  });
});
