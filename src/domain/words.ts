/** A word of what somebody typed. */
export interface Word {
  /** As it is meant: without quotes, escapes and what cannot be seen. */
  readonly text: string;
  /** As it was typed. */
  readonly raw: string;
  /** Where it begins in what was typed, counted from 0 in UTF-16 units. */
  readonly column: number;
  /** It begins with a quote or an escape, so it is a name and never a flag. */
  readonly literal: boolean;
}

// What opens a quote is closed by any mark of the same row: phones mix “x”, „x“, «x» and »x« with plain ones.
const marks = ['"“”„‟«»', "'‘’‚‛‹›"];
const quote = marks.map((row) => `[${row}](?:\\\\.|[^\\\\${row}])*[${row}]`).join('|');
const part = `\\\\.|${quote}|\\S|\\p{Cf}`;
// Backticks are how chats mark what is to be typed; they are no part of it.
const unseen = /^[\p{Cf}`]$/u;
const parts = new RegExp(part, 'gsu');
const wholeWords = new RegExp(`(?:${part})+`, 'gsu');
const lonelyMark = new RegExp(`^[${marks.join('')}]$`, 'u');
const openingMark = new RegExp(`^[\\\\${marks.join('')}]`, 'u');
const beginningDash = /^[–—―]-?/;

/**
 * Typed text as words. White space of any kind parts them, zero-width characters and backticks are as if not there, a backslash
 * makes the next character an ordinary one, and a long dash at the beginning of a word is the `--` a phone took away.
 */
export function splitWords(typed: string): { words: Word[] } | { unclosedQuoteAt: number } {
  const unclosedQuoteAt = partsOf(typed).find(({ text }) => lonelyMark.test(text))?.column;
  if (unclosedQuoteAt !== undefined) return { unclosedQuoteAt };

  const words = [...typed.matchAll(wholeWords)].map((match) => wordOf(match[0], match.index));
  return { words: words.filter(({ text, literal }) => literal || text !== '') };
}

/** A name so that it reads back as one word: `disk`, `"big disk"`. */
export function writeWord(text: string): string {
  if (/^[\p{L}\p{N}._/][\p{L}\p{N}._/-]*$/u.test(text)) return text;
  return `"${text.replace(/[\\"“”„‟«»]|\p{Cf}/gu, '\\$&')}"`;
}

function partsOf(typed: string): { text: string; column: number }[] {
  return [...typed.matchAll(parts)].map((match) => ({ text: match[0], column: match.index }));
}

/** What cannot be seen does not count as a beginning. */
function wordOf(raw: string, column: number): Word {
  const pieces = partsOf(raw).map((each) => each.text);
  const seen = pieces.filter((each) => !unseen.test(each));
  const literal = seen[0] !== undefined && seen[0].length > 1 && openingMark.test(seen[0]);
  const text = seen.map(meaning).join('');

  return { text: literal ? text : text.replace(beginningDash, '--'), raw, column, literal };
}

function meaning(seen: string): string {
  const quoted = seen.length > 1 && !seen.startsWith('\\') && openingMark.test(seen);
  return (quoted ? seen.slice(1, -1) : seen).replace(/\\(.)|\p{Cf}/gsu, '$1');
}
