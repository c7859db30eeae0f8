/** What Telegram refuses to read as HTML, in its words. */
export class BadEntities extends Error {
  override name = 'BadEntities';
}

const tags = new Set(['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'del', 'code', 'pre', 'a', 'blockquote']);
const token = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>|<|&(?:lt|gt|amp|quot);|[^<&]+|&/g;
const characters = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
]);

/**
 * The text of a message without its markup, read as strictly as Telegram reads it.
 * https://core.telegram.org/bots/api#html-style
 * @throws {BadEntities}
 */
export function visibleText(html: string): string {
  const open: string[] = [];
  let text = '';
  for (const { 0: piece, 1: slash, 2: name, index } of html.matchAll(token)) {
    const offset = Buffer.byteLength(html.slice(0, index));
    if (piece === '<') throw new BadEntities(`Unsupported start tag "" at byte offset ${offset}`);
    if (name === undefined) text += characters.get(piece) ?? piece;
    else if (slash === '') openTag(name, offset, open);
    else closeTag(name, offset, open);
  }
  const [left] = open;
  if (left !== undefined) throw new BadEntities(`Can't find end tag corresponding to start tag "${left}"`);
  return text;
}

function openTag(name: string, offset: number, open: string[]): void {
  if (!tags.has(name)) throw new BadEntities(`Unsupported start tag "${name}" at byte offset ${offset}`);
  open.push(name);
}

function closeTag(name: string, offset: number, open: string[]): void {
  const last = open.pop();
  if (last === name) return;
  throw new BadEntities(
    `Unmatched end tag at byte offset ${offset}, expected "</${last ?? ''}>", found "</${name}>"`,
  );
}
