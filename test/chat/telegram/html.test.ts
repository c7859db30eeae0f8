import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Inline, Message, Tone } from '../../../src/chat/message.ts';
import { htmlTexts } from '../../../src/chat/telegram/html.ts';
import { visibleText } from '../../support/telegram/html.ts';

const tones: Tone[] = ['good', 'warning', 'bad', 'plain', 'working'];
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<b>',
    '</pre>',
    '&lt;',
    '&',
    '"x"',
    '<!channel>',
    'a\nb',
    '\u202eevil',
    '👩‍👩‍👧‍👦',
    '\ud800',
    ' ',
  ),
  fc.integer({ min: 1, max: 9000 }).map((length) => 'x👍'.repeat(length / 2 + 1)),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  nasty.map((code) => ({ code })),
  nasty.map((strong) => ({ strong })),
  fc.constant({ time: '2026-11-22T03:15:00.000Z' }),
);
const line = fc.array(inline, { maxLength: 4 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.array(line, { maxLength: 30 }).map((lines) => ({ kind: 'lines' as const, lines })),
  fc.array(fc.tuple(inline, inline, inline), { maxLength: 10 }).map((rows) => ({
    kind: 'table' as const,
    head: ['one', 'two', 'three'],
    rows,
  })),
  fc.record({
    kind: fc.constant('bar' as const),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    label: nasty,
  }),
);
const message: fc.Arbitrary<Message> = fc.record({
  tone: fc.constantFrom(...tones),
  title: fc.tuple(fc.constant('Title '), inline),
  blocks: fc.array(block, { maxLength: 4 }),
});

describe('a message in HTML', () => {
  it('is always read as what is meant, within the limit of a text', () => {
    fc.assert(
      fc.property(message, (message) => {
        for (const { html, plain } of htmlTexts(message, 'UTC')) {
          expect(visibleText(html)).toBe(plain);
          expect(plain.length).toBeLessThanOrEqual(4096);
          expect(plain.trim()).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('loses nothing when it is parted: every line is there, in order', () => {
    const names = Array.from({ length: 400 }, (_, i) => `a line with number ${i}`);
    const long = { kind: 'lines' as const, lines: names.map((name) => [name]) };

    const texts = htmlTexts({ tone: 'plain', title: ['All'], blocks: [long] }, 'UTC');

    expect(texts.length).toBeGreaterThan(1);
    expect(texts.map(({ plain }) => plain).join('\n')).toBe(['All', ...names].join('\n'));
  });

  it('parts one endless line without losing or breaking a character', () => {
    const endless = `x${'👍'.repeat(5000)}`;

    const texts = htmlTexts({ tone: 'plain', title: [endless], blocks: [] }, 'UTC');

    expect(texts.map(({ plain }) => plain).join('')).toBe(endless);
    expect(texts.every(({ plain }) => !/\p{Cs}/u.test(plain))).toBe(true);
  });

  it('says how it went with a mark and in words, and shows times in the configured zone', () => {
    const title: Inline[] = ['Backup of ', { strong: 'shop' }, ' is stored'];
    const lines = [['ended ', { time: '2026-11-22T03:15:00.000Z' }]];

    const [text] = htmlTexts({ tone: 'good', title, blocks: [{ kind: 'lines', lines }] }, 'Europe/Brussels');

    expect(text?.plain).toBe('✅ Backup of shop is stored\nended 2026-11-22 04:15 GMT+1');
    expect(text?.html).toContain('<b>✅ Backup of shop is stored</b>');
  });

  it('folds a table so that it fits a phone, with columns that still line up', () => {
    const head = ['app', 'destination', 'backups', 'newest', 'taken', 'size', 'in all'];
    const rows = [
      ['shop', 'disk', '12', '3 h ago', { time: '2026-11-22T03:15:00.000Z' }, '1.5 GiB', '20 GiB'],
      ['blog', 's3', '0', 'none yet', '', '', '0 B'],
    ];

    const [text] = htmlTexts(
      { tone: 'plain', title: ['Backups'], blocks: [{ kind: 'table', head, rows }] },
      'UTC',
    );

    expect(text?.plain.split('\n')).toEqual([
      'Backups',
      'app   destination  backups  newest',
      '  taken                 size',
      '  in all',
      'shop  disk         12       3 h ago',
      '  2026-11-22 03:15 UTC  1.5 GiB',
      '  20 GiB',
      'blog  s3           0        none yet',
      '  0 B',
    ]);
    expect(text?.html).toMatch(/<pre>app [\s\S]*<\/pre>$/);
  });
});
