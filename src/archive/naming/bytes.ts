import { isAscii, isUtf8 } from 'node:buffer';

/*
 * Names of files are bytes, and entries have text. `exactText` loses nothing: a byte that is no part of UTF-8 becomes half of
 * a character, U+DC80 to U+DCFF, which no text has otherwise. Python's `surrogateescape` does the same:
 * https://peps.python.org/pep-0383/
 */

export function isPlain(name: Buffer): boolean {
  return isAscii(name) || isUtf8(name);
}

/** Names that are not UTF-8 are mostly old ones in Latin-1, where each byte is a letter. */
export function readableText(name: Buffer): string {
  return name.toString(isPlain(name) ? 'utf8' : 'latin1');
}

/** No two names become the same. */
export function exactText(name: Buffer): string {
  if (isPlain(name)) return name.toString('utf8');
  return name
    .toString('latin1')
    .replaceAll(/[\x80-\xff]/g, (letter) => codeUnit(letter.charCodeAt(0) + half));
}

/** Whether {@link exactText} was given what is not UTF-8. */
export function hasOtherBytes(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** The bytes {@link exactText} was given. */
export function bytesOf(text: string): Buffer {
  const pieces = text.split(/(\p{Surrogate}+)/u);
  return Buffer.concat(pieces.map((piece, at) => (at % 2 === 0 ? Buffer.from(piece) : escaped(piece))));
}

function escaped(halves: string): Buffer {
  return Buffer.from(Array.from(halves, (each) => each.charCodeAt(0) - half));
}

/** For people, who read no halves of characters. */
export function shown(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, (each) => codeUnit(each.charCodeAt(0) - half));
}

/** Names between slashes one by one, as they are read in a walk: a path in two encodings leads to what the archive has. */
export function eachSegment(path: Buffer, textOf: (name: Buffer) => string): string {
  const names = path.toString('latin1').split('/');
  return names.map((name) => textOf(Buffer.from(name, 'latin1'))).join('/');
}

const codeUnit = String.fromCharCode;
const half = 0xdc00;
