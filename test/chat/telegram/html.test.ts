import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Inline, Message, Tone } from '../../../src/chat/message.ts';
import { htmlText } from '../../../src/chat/telegram/html.ts';
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
        const { html, plain } = htmlText(message, 'UTC');
        expect(visibleText(html)).toBe(plain);
        expect(plain.length).toBeLessThanOrEqual(4096);
        expect(plain.trim()).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });

  it('counts the lines that have no room in one text, at its end', () => {
    const names = Array.from({ length: 400 }, (_, i) => `a line with number ${i}`);
    const lines = names.map((name) => [name]);

    const { plain } = htmlText({ tone: 'plain', title: ['All'], blocks: [{ kind: 'lines', lines }] }, 'UTC');

    const shown = plain.split('\n').slice(1, -1);
    expect(shown).toEqual(names.slice(0, shown.length));
    expect(shown.length).toBeGreaterThan(150);
    expect(plain).toMatch(new RegExp(`\n… and ${400 - shown.length} more$`));
  });

  it('leaves nothing out where all of it has room, to the last character', () => {
    const line = 'x'.repeat(1022);
    const lines = [[line], [line], [line], [line]];

    const { plain } = htmlText({ tone: 'plain', title: ['All!'], blocks: [{ kind: 'lines', lines }] }, 'UTC');
    const longer = htmlText({ tone: 'plain', title: ['All!!'], blocks: [{ kind: 'lines', lines }] }, 'UTC');

    expect(plain).toBe(['All!', line, line, line, line].join('\n'));
    expect(longer.plain).toMatch(/\n… and 1 more$/);
  });

  it('counts rows of a table, however many lines a row has, and keeps each row whole', () => {
    const head = ['app', 'what is wrong with it'];
    const rows = Array.from({ length: 300 }, (_, i) => [
      `app-${i}`,
      'has no backup that is younger than a day',
    ]);

    const { plain } = htmlText(
      { tone: 'plain', title: ['Health'], blocks: [{ kind: 'table', head, rows }] },
      'UTC',
    );

    const shown = plain.match(/^app-\d+\n {2}has no backup/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(50);
    expect(plain.match(/^app-/gm)).toHaveLength(shown);
    expect(plain).toMatch(new RegExp(`\n… and ${300 - shown} more$`));
  });

  it('shows what it can of a title and a line without end, and breaks no character', () => {
    const endless = `x${'👍'.repeat(5000)}`;
    const blocks = [{ kind: 'lines' as const, lines: [[endless], ['the last line']] }];

    const { plain } = htmlText({ tone: 'plain', title: [endless], blocks }, 'UTC');

    expect(plain).toMatch(/^x👍{900,}…\nx👍{900,}…\n(the last line|… and 1 more)$/u);
    expect(plain).not.toMatch(/\p{Cs}/u);
  });

  it('shows the head of a table with its first row or not at all', () => {
    const lines = Array.from({ length: 21 }, (_, i) => [`${i}`.padEnd(190, 'x')]);
    const table = { kind: 'table' as const, head: ['name'], rows: [['y'.repeat(200)], ['z']] };

    const { plain } = htmlText(
      { tone: 'plain', title: ['All'], blocks: [{ kind: 'lines', lines }, table] },
      'UTC',
    );

    expect(plain).not.toContain('name');
    expect(plain).toMatch(/\n… and 2 more$/);
  });

  it('says how it went with a mark and in words, and shows times in the configured zone', () => {
    const title: Inline[] = ['Backup of ', { strong: 'shop' }, ' is stored'];
    const lines = [['ended ', { time: '2026-11-22T03:15:00.000Z' }]];

    const text = htmlText({ tone: 'good', title, blocks: [{ kind: 'lines', lines }] }, 'Europe/Brussels');

    expect(text.plain).toBe('✅ Backup of shop is stored\nended 2026-11-22 04:15 GMT+1');
    expect(text.html).toContain('<b>✅ Backup of shop is stored</b>');
  });

  it('folds a table so that it fits a phone, with columns that still line up', () => {
    const head = ['app', 'destination', 'backups', 'newest', 'taken', 'size', 'in all'];
    const rows = [
      ['shop', 'disk', '12', '3 h ago', { time: '2026-11-22T03:15:00.000Z' }, '1.5 GiB', '20 GiB'],
      ['blog', 's3', '0', 'none yet', '', '', '0 B'],
    ];

    const text = htmlText(
      { tone: 'plain', title: ['Backups'], blocks: [{ kind: 'table', head, rows }] },
      'UTC',
    );

    expect(text.plain.split('\n')).toEqual([
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
    expect(text.html).toMatch(/<pre>app [\s\S]*<\/pre>$/);
  });
});
