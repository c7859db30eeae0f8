import type { Block, Message, Tone } from '../message.ts';
import { fitLines, type Item } from './fit-lines.ts';
import { escapeHtml, inlineText, lineOf, type Shown } from './inline.ts';
import { narrowTable } from './narrow-table.ts';

/** One text as Telegram takes it, and the same without any markup. */
export interface HtmlText {
  readonly html: string;
  readonly plain: string;
}

/** What a message may have, counted without markup. https://core.telegram.org/bots/api#sendmessage */
const longestText = 4096;

const marks: Record<Tone, string> = { good: '✅ ', warning: '⚠️ ', bad: '❌ ', plain: '', working: '⏳ ' };

/** A message as one text that Telegram takes, whatever it holds: what has no room is counted. */
export function htmlText(message: Message, zone: string): HtmlText {
  const title = lineOf([marks[message.tone], ...message.title], zone, 'strong');
  const blocks = message.blocks.map((block) => itemsOf(block, zone)).filter(({ length }) => length > 0);
  const { html, plain } = textOf(fitLines(title, blocks, longestText));
  return plain.trim() === '' ? { html: '–', plain: '–' } : { html, plain };
}

function itemsOf(block: Block, zone: string): Item[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.map((line) => [lineOf(line, zone)]);
    case 'table':
      return tableItems(block, zone);
    case 'bar':
      return [[...bar(block.fraction), lineOf([block.label], zone)]];
  }
}

/** The head is shown with the first row, and not without one that has room. */
function tableItems({ head, rows }: Extract<Block, { kind: 'table' }>, zone: string): Item[] {
  const words = rows.map((row) => row.map((cell) => inlineText(cell, zone)));
  const [first = [], second = [], ...others] = narrowTable([head, ...words]).map((lines) =>
    lines.map((text): Shown => ({ html: escapeHtml(text), text, mono: true })),
  );
  return [[...first, ...second], ...others];
}

const cells = 10;

function bar(fraction?: number): Shown[] {
  if (fraction === undefined) return [];
  const full = Math.floor(Math.min(1, fraction) * cells);
  const text = `${'▰'.repeat(full)}${'▱'.repeat(cells - full)} ${Math.floor(fraction * 100)} %`;
  return [{ html: text, text }];
}

function textOf(lines: readonly Shown[]): HtmlText {
  const html = lines.map((line, i) => {
    const opens = line.mono && !lines[i - 1]?.mono ? '<pre>' : '';
    const closes = line.mono && !lines[i + 1]?.mono ? '</pre>' : '';
    return `${opens}${line.html}${closes}`;
  });
  return { html: html.join('\n'), plain: lines.map(({ text }) => text).join('\n') };
}
