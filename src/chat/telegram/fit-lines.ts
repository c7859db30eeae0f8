import { beginningOf } from '../../domain/beginning-of.ts';
import { escapeHtml, type Shown } from './inline.ts';

/** Lines that are shown together or not at all, such as those of one row of a table. */
export type Item = readonly Shown[];

// The title and any one line have room beside each other.
const longestLine = 2000;
// "… and 1234567 more", and the end of the line before it.
const roomForCount = 20;

/**
 * The title, and below it as many items as have room in a text of so many UTF-16 units; how many are left out is said at the end.
 * Telegram counts characters, of which there are never more. Blocks are parted by an empty line.
 */
export function fitLines(title: Shown, blocks: readonly (readonly Item[])[], longest: number): Shown[] {
  const lines = [clipped(title)];
  let room = longest - roomForCount - (lines[0]?.text.length ?? 0);
  let left = 0;
  for (const [i, block] of blocks.entries()) {
    for (const [j, item] of block.entries()) {
      const added = [...(i > 0 && j === 0 ? [emptyLine] : []), ...item.map(clipped)];
      room -= added.reduce((total, { text }) => total + text.length + 1, 0);
      if (room >= 0) lines.push(...added);
      else left += isBlank(item) ? 0 : 1;
    }
  }
  return left === 0 ? lines : [...lines, plainLine(`… and ${left} more`)];
}

const emptyLine = plainLine('');

function plainLine(text: string): Shown {
  return { html: escapeHtml(text), text };
}

/** A line too long loses its marks and its end. */
function clipped(line: Shown): Shown {
  if (line.text.length <= longestLine) return line;
  return { ...line, ...plainLine(`${beginningOf(line.text, longestLine - 1)}…`) };
}

function isBlank(item: Item): boolean {
  return item.every(({ text }) => text.trim() === '');
}
