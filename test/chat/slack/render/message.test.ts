import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Action, Block, Message } from '../../../../src/chat/message.ts';
import { slackMessage } from '../../../../src/chat/slack/render/message.ts';
import { confirmView, homeView } from '../../../../src/chat/slack/render/views.ts';
import { anyMessage } from '../../../support/any-message.ts';
import { MessageBlocks, Mrkdwn, View } from '../../../support/slack/block-kit.ts';
import { words } from '../../../support/slack/join.ts';

describe('any message', () => {
  it('is within every limit of Slack, and calls or links nobody', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { text, blocks } = slackMessage(message);

        expect(problems(MessageBlocks, blocks)).toBe('');
        expect(problems(Mrkdwn, text)).toBe('');
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4000);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it('is within every limit of the Home tab', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(problems(View, homeView(message, 'D1'))).toBe('');
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is within every limit of a modal, whatever has to be typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (label, typed) => {
        expect(problems(View, confirmView({ label, typed }, '{}'))).toBe('');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a text', () => {
  it('is shown as it is, whatever it holds', () => {
    const title = '<!channel> @here & <@U1>';

    const { text } = slackMessage(words(title));

    expect(text).toBe('*&lt;!channel&gt; @\u2060here &amp; &lt;@U1&gt;*');
  });

  it('keeps its code in one piece, and shows a time in the zone of whoever reads it', () => {
    const line = [{ strong: 'shop' }, ': ', { code: 'a`b' }, ' at ', { time: '2026-11-22T03:15:00.000Z' }];

    const { blocks } = slackMessage(words('Backups', { blocks: [{ kind: 'lines', lines: [line] }] }));

    expect(sectionTexts(blocks)[1]).toBe(
      '*shop*: `aʼb` at <!date^1795317300^{date_short_pretty} {time}|2026-11-22 03:15 UTC>',
    );
  });

  it('that is too long for a section goes on in the next, line by line', () => {
    const lines = Array.from({ length: 100 }, (_, i) => [`${i} ${'x'.repeat(100)}`]);

    const { blocks } = slackMessage(words('Long', { blocks: [{ kind: 'lines', lines }] }));

    const written = sectionTexts(blocks).slice(1).join('\n').split('\n');
    expect(written).toEqual(lines.map(([text]) => text));
  });
});

describe('a table', () => {
  const table = (rows: number): Block => ({
    kind: 'table',
    head: ['taken', 'size'],
    rows: Array.from({ length: rows }, (_, i) => [{ time: '2026-11-22T03:15:00.000Z' }, `${i} MiB`]),
  });

  it('is one of Slack’s own, and its words are in the text for those who have them read out', () => {
    const { text, blocks } = slackMessage(words('Backups', { blocks: [table(2)] }));

    expect(blocks.map(({ type }) => type)).toEqual(['section', 'table']);
    expect(text).toContain('|2026-11-22 03:15 UTC> · size 1 MiB');
  });

  it('that is too long says how much is left out', () => {
    const { blocks } = slackMessage(words('Backups', { blocks: [table(120)] }));

    expect(sectionTexts(blocks).at(-1)).toBe('… and 21 more');
  });

  it('whose cells are longer than Slack takes together ends earlier, and says so', () => {
    const rows = Array.from({ length: 90 }, (_, i) => [`${i}`, 'x'.repeat(200)]);

    const { blocks } = slackMessage(
      words('Backups', { blocks: [{ kind: 'table', head: ['a', 'b'], rows }] }),
    );

    const [, table] = blocks;
    const shown = table?.type === 'table' ? table.rows.length - 1 : 0;
    expect(shown).toBeGreaterThan(40);
    expect(sectionTexts(blocks).at(-1)).toBe(`… and ${90 - shown} more`);
  });

  it('beside another one is written in lines, since Slack takes one a message', () => {
    const { blocks } = slackMessage(words('Backups', { blocks: [table(1), table(1)] }));

    expect(blocks.map(({ type }) => type)).toEqual(['section', 'section', 'section']);
  });
});

describe('lines', () => {
  it('that are more than a message takes are counted', () => {
    const lines = Array.from({ length: 200 }, (_, i) => [`${i} ${'x'.repeat(100)}`]);

    const { blocks } = slackMessage(words('Long', { blocks: [{ kind: 'lines', lines }] }));

    const written = sectionTexts(blocks).slice(1).join('\n').split('\n');
    expect(written.length).toBeGreaterThan(110);
    expect(written.at(-1)).toBe(`… and ${200 - (written.length - 1)} more`);
  });

  it('of more blocks than a message takes are counted, too', () => {
    const one: Block = { kind: 'lines', lines: [['x']] };

    const { blocks } = slackMessage(words('Long', { blocks: Array.from({ length: 80 }, () => one) }));

    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(sectionTexts(blocks).at(-1)).toBe(`… and ${80 - (blocks.length - 2)} more`);
  });
});

describe('actions', () => {
  it('that fit on no button are shown as words, so that they can be typed', () => {
    const action: Action = { label: 'Pick', words: `run ${'x'.repeat(90)}` };

    const { blocks } = slackMessage(words('Which?', { actions: [action], pick: 'Which app?' }));

    expect(sectionTexts(blocks).at(-1)).toBe(`Pick: \`/backup ${action.words}\``);
  });
});

describe('a bar', () => {
  it('shows how far it is, in cells and in words', () => {
    const blocks: Message['blocks'] = [{ kind: 'bar', fraction: 0.42, label: '1.2 GiB of about 2.9 GiB' }];

    const { text } = slackMessage(words('Running', { blocks }));

    expect(text).toContain('▰▰▰▰▱▱▱▱▱▱ 42 %  1.2 GiB of about 2.9 GiB');
  });
});

function problems(schema: z.ZodType, value: unknown): string {
  const { error } = schema.safeParse(value);
  return error === undefined ? '' : z.prettifyError(error);
}

function sectionTexts(blocks: readonly unknown[]): string[] {
  const Section = z.object({ type: z.literal('section'), text: z.object({ text: z.string() }) });
  return blocks.flatMap((block) => Section.safeParse(block).data?.text.text ?? []);
}
