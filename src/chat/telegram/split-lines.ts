import { beginningOf } from '../../domain/beginning-of.ts';
import { escapeHtml, type Shown } from './inline.ts';

/**
 * Lines in groups of at most so many UTF-16 units, line ends included. Telegram counts characters, of which there are never
 * more. A line too long for any group loses its marks and goes on in the next; nothing is lost.
 */
export function splitLines(lines: readonly Shown[], longest: number): Shown[][] {
  const groups: Shown[][] = [];
  let room = 0;
  for (const line of lines.flatMap((line) => fitting(line, longest))) {
    const needed = line.text.length + 1;
    const group = groups.at(-1);
    if (group !== undefined && needed <= room) group.push(line);
    else groups.push([line]);
    room = (group !== undefined && needed <= room ? room : longest + 1) - needed;
  }
  return groups.filter((group) => group.some(({ text }) => text.trim() !== ''));
}

function fitting(line: Shown, longest: number): Shown[] {
  if (line.text.length <= longest) return [line];
  return piecesOf(line.text, longest).map((text) => ({ ...line, text, html: escapeHtml(text) }));
}

/** No character is cut in two. */
function piecesOf(text: string, longest: number): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== ''; rest = rest.slice(pieces.at(-1)?.length)) {
    pieces.push(beginningOf(rest, longest));
  }
  return pieces;
}
