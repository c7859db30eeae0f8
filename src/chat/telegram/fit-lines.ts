import { clip } from '../../domain/clip.ts';
import { escapeHtml, type Shown } from './inline.ts';

/** Lines that are shown together or not at all, such as those of one row of a table. */
export type Item = readonly Shown[];

// The title and any one line have room beside each other.
const longestLine = 2000;
// "… and 1234567 more"
const roomForCount = 20;

/**
 * The title, and below it the items of all blocks; where they have no room in a text of so many UTF-16 units, the first of them and
 * how many are left out. Telegram counts characters, of which there are never more. Blocks are parted by an empty line.
 */
export function fitLines(title: Shown, blocks: readonly (readonly Item[])[], longest: number): Shown[] {
  const head = clipped(title);
  const items = blocks.flatMap(afterEmptyLine).map((item) => item.map(clipped));
  const whole = [head, ...items.flat()];
  if (lengthOf(whole) - 1 <= longest) return whole;

  const shown = items.slice(0, howManyFit(items, longest - lengthOf([head]) - roomForCount));
  const left = items.slice(shown.length).filter((item) => !isBlank(item));
  const count = left.length > 0 ? [plainLine(`… and ${left.length} more`)] : [];
  return [head, ...shown.flat(), ...count];
}

/** The first block stands right below the title. */
function afterEmptyLine(block: readonly Item[], place: number): Item[] {
  return block.map((item, i) => (place > 0 && i === 0 ? [emptyLine, ...item] : item));
}

function howManyFit(items: readonly Item[], room: number): number {
  let left = room;
  const first = items.findIndex((item) => {
    left -= lengthOf(item);
    return left < 0;
  });
  return first < 0 ? items.length : first;
}

/** With the end of each line. */
function lengthOf(lines: readonly Shown[]): number {
  return lines.reduce((total, { text }) => total + text.length + 1, 0);
}

const emptyLine = plainLine('');

function plainLine(text: string): Shown {
  return { html: escapeHtml(text), text };
}

/** A line too long loses its marks and its end. */
function clipped(line: Shown): Shown {
  const text = clip(line.text, longestLine);
  return text === line.text ? line : { ...line, ...plainLine(text) };
}

function isBlank(item: Item): boolean {
  return item.every(({ text }) => text.trim() === '');
}
