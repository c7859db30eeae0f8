import type { Block, Message, Tone } from '../message.ts';
import { escapeHtml, inlineText, lineOf, type Shown } from './inline.ts';
import { narrowTable } from './narrow-table.ts';
import { splitLines } from './split-lines.ts';

/** One text as Telegram takes it, and the same without any markup. */
export interface HtmlText {
  readonly html: string;
  readonly plain: string;
}

/** What a message may have, counted without markup. https://core.telegram.org/bots/api#sendmessage */
const longestText = 4096;

const marks: Record<Tone, string> = { good: '✅ ', warning: '⚠️ ', bad: '❌ ', plain: '', working: '⏳ ' };

/** A message as texts that Telegram takes, parted at lines where it is too long for one. */
export function htmlTexts(message: Message, zone: string): HtmlText[] {
  const title = lineOf([marks[message.tone], ...message.title], zone, 'strong');
  const blocks = message.blocks.map((block) => blockLines(block, zone)).filter(({ length }) => length > 0);
  const lines = [title, ...blocks.flatMap((block, i) => (i === 0 ? block : [emptyLine, ...block]))];
  return splitLines(lines, longestText).map(textOf);
}

const emptyLine: Shown = { html: '', text: '' };

function blockLines(block: Block, zone: string): Shown[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.map((line) => lineOf(line, zone));
    case 'table': {
      const rows = block.rows.map((row) => row.map((cell) => inlineText(cell, zone)));
      return narrowTable([block.head, ...rows]).map((text) => ({ html: escapeHtml(text), text, mono: true }));
    }
    case 'bar':
      return [...bar(block.fraction), lineOf([block.label], zone)];
  }
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
