import { DateTime } from 'luxon';
import type { Block, Inline, Line, Message, Tone } from './message.ts';

const marks: Record<Tone, string> = { good: '✔', warning: '!', bad: '✖', plain: '·', working: '…' };

/** A message as lines of a terminal. */
export function consoleText(message: Message, zone: string): string {
  const title = `${marks[message.tone]} ${lineText(message.title, zone)}`;
  return [
    title,
    ...message.blocks.flatMap((block) => blockText(block, zone).map((line) => `  ${line}`)),
    ...actionsText(message),
  ].join('\n');
}

/** Buttons are words here, side by side; a list to pick from is one below the other. */
function actionsText({ actions = [], pick }: Message): string[] {
  const told = actions.map(({ label, words }) => `${oneLine(label)}: /backup ${oneLine(words)}`);
  return pick === undefined && told.length > 0 ? [`  ${told.join(' · ')}`] : told.map((each) => `  ${each}`);
}

function blockText(block: Block, zone: string): string[] {
  switch (block.kind) {
    case 'lines':
      return block.lines.map((line) => lineText(line, zone));
    case 'table':
      return tableText([block.head, ...block.rows.map((row) => row.map((cell) => inlineText(cell, zone)))]);
    case 'bar':
      return [barText(block.label, block.fraction)];
  }
}

function lineText(line: Line, zone: string): string {
  return line.map((part) => inlineText(part, zone)).join('');
}

function inlineText(part: Inline, zone: string): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return oneLine(part.code);
  if ('strong' in part) return oneLine(part.strong);
  return DateTime.fromISO(part.time, { zone }).toFormat('yyyy-MM-dd HH:mm:ss ZZZZ');
}

/** A name may hold anything; nothing in it may steer the terminal or break a table. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (odd) => (odd === '\n' ? '⏎' : '\u{fffd}'));
}

function tableText(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const cells = 20;

function barText(label: string, fraction?: number): string {
  if (fraction === undefined) return label;
  const full = Math.floor(Math.min(1, fraction) * cells);
  return `${'▰'.repeat(full)}${'▱'.repeat(cells - full)} ${Math.floor(fraction * 100)} %  ${label}`;
}
