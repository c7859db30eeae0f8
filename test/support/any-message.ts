import fc from 'fast-check';
import type { Action, Block, Inline, Line, Message } from '../../src/chat/message.ts';

/** Texts that have broken chats: mentions, markup, directions, joined emoji, half characters, and sheer length. */
const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<!channel>',
      '<!here|here>',
      '@here @channel @everyone',
      '<@U1> & <#C1|ops> <https://evil.example|shop>',
      '</pre><b>&amp;',
      '*_~`bold`~_*',
      '\u202egnp.exe\u2066',
      '👩‍👩‍👧‍👦'.repeat(20),
      'line\nline\r\nline\u2028line',
      ' ',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 10_000 }).map((length) => '&<👍'.repeat(length / 3)) },
);

const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  nasty.map((code) => ({ code })),
  nasty.map((strong) => ({ strong })),
  fc.constant({ time: '2026-11-22T03:15:00.000Z' }),
);
const line: fc.Arbitrary<Line> = fc.array(inline, { maxLength: 3 });

const lines = fc.array(line, { maxLength: 8 }).map((all): Block => ({ kind: 'lines', lines: all }));
const bar = fc
  .record({
    fraction: fc.option(fc.double({ min: -1, max: 2, noNaN: true }), { nil: undefined }),
    label: nasty,
  })
  .map(({ fraction, label }): Block => ({ kind: 'bar', label, ...(fraction !== undefined && { fraction }) }));
const table = fc.constantFrom(1, 3, 24).chain((columns) =>
  fc
    .record({
      head: fc.array(nasty, { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(inline, { minLength: columns, maxLength: columns }), { maxLength: 120 }),
    })
    .map(({ head, rows }): Block => ({ kind: 'table', head, rows })),
);

const action: fc.Arbitrary<Action> = fc
  .record({ label: nasty, words: nasty, look: fc.constantFrom(undefined, 'primary', 'danger'), typed: nasty })
  .chain(({ look, typed, ...rest }) =>
    fc.boolean().map((isTyped) => ({
      ...rest,
      ...(look !== undefined && { look: look as 'primary' | 'danger' }), // One of the constants above.
      ...(isTyped && { typed }),
    })),
  );

/** Any message the bot could make, and many it would not. */
export const anyMessage: fc.Arbitrary<Message> = fc
  .record({
    tone: fc.constantFrom('good', 'warning', 'bad', 'plain', 'working'),
    title: line,
    blocks: fc.array(fc.oneof({ weight: 9, arbitrary: lines }, bar, table), { maxLength: 60 }),
    actions: fc.array(action, { maxLength: 30 }),
    pick: fc.option(nasty, { nil: undefined }),
  })
  .map(({ pick, ...message }) => ({ ...message, ...(pick !== undefined && { pick }) }) as Message); // The tone is one of the constants above.
