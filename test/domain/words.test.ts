import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords, writeWord } from '../../src/domain/words.ts';

describe('typed text as words', () => {
  it.each([
    ['run shop', ['run', 'shop']],
    ['  run \n\t shop  ', ['run', 'shop']],
    ['run\u00a0shop\u202fnow\u3000then', ['run', 'shop', 'now', 'then']],
    ['ru\u200bn sh\ufeffop \u200b \u2060', ['run', 'shop']],
    ['"big disk"', ['big disk']],
    ["'big disk'", ['big disk']],
    ['“big disk” ‘small disk’', ['big disk', 'small disk']],
    ['«big disk» „small disk“ ‚no disk‘', ['big disk', 'small disk', 'no disk']],
    ['“big disk"', ['big disk']],
    ['`run shop` `--only-db`', ['run', 'shop', '--only-db']],
    ['run `"big disk"`', ['run', 'big disk']],
    ['"a`b" \\`', ['a`b', '`']],
    ['big\\ disk \\"', ['big disk', '"']],
    ['"a \\" b" \'a " b\'', ['a " b', 'a " b']],
    ['big" "disk', ['big disk']],
    ['"" x', ['', 'x']],
    ['—only-db –to ―to', ['--only-db', '--to', '--to']],
    ['a—b "—only-db"', ['a—b', '—only-db']],
    ['C:\\', ['C:\\']],
    ['', []],
  ])('%j is %j', (typed, words) => {
    expect(splitWords(typed)).toMatchObject({ words: words.map((text) => ({ text })) });
  });

  it.each([
    ['run "shop', 4],
    ['run sh“op now', 6],
    ["run 'a' 'b", 8],
    ['run "shop\\"', 4],
    ["run «marc's» l'app", 14],
  ])('%j has a quote that is never closed, and says where', (typed, unclosedQuoteAt) => {
    expect(splitWords(typed)).toEqual({ unclosedQuoteAt });
  });

  it('keeps where a word stood and how it was typed', () => {
    expect(splitWords('run  "my shop"')).toEqual({
      words: [
        { text: 'run', raw: 'run', column: 0, literal: false },
        { text: 'my shop', raw: '"my shop"', column: 5, literal: true },
      ],
    });
  });

  it('takes a word that begins with a quote or an escape for a name, never for a flag', () => {
    expect(splitWords('"--to" \\--to --to')).toMatchObject({
      words: [
        { text: '--to', literal: true },
        { text: '--to', literal: true },
        { text: '--to', literal: false },
      ],
    });
  });

  it('reads back any word it has written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (texts) => {
        const split = splitWords(texts.map(writeWord).join(' '));

        expect(split).toMatchObject({ words: texts.map((text) => ({ text })) });
      }),
    );
  });
});
