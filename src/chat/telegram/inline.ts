import { DateTime } from 'luxon';
import type { Inline, Line } from '../message.ts';

/** A line as markup and as one reads it. */
export interface Shown {
  readonly html: string;
  readonly text: string;
  /** Stands in a block where every character is equally wide. */
  readonly mono?: true;
}

/** `plain` is how words without a mark of their own look. */
export function lineOf(line: Line, zone: string, plain: 'normal' | 'strong' = 'normal'): Shown {
  const parts = line.map((part): Part => ({ text: inlineText(part, zone), tag: tagOf(part, plain) }));
  return {
    text: parts.map(({ text }) => text).join(''),
    html: parts
      .reduce<Part[]>(joinAlike, [])
      .map(({ text, tag }) => wrap(escapeHtml(text), tag))
      .join(''),
  };
}

interface Part {
  readonly text: string;
  readonly tag: 'b' | 'code' | undefined;
}

/** Telegram shows a hundred marks in a message and no more, so neighbours of one kind are one. */
function joinAlike(joined: readonly Part[], part: Part): Part[] {
  const last = joined.at(-1);
  if (last === undefined || last.tag !== part.tag) return [...joined, part];
  return [...joined.slice(0, -1), { ...last, text: last.text + part.text }];
}

/** What is read of it. A time is in the configured zone: `2026-11-22 04:15 CET`. */
export function inlineText(part: Inline, zone: string): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return oneLine(part.code);
  if ('strong' in part) return oneLine(part.strong);
  return DateTime.fromISO(part.time, { zone }).toFormat('yyyy-MM-dd HH:mm ZZZZ');
}

// https://core.telegram.org/bots/api#html-style
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A name may hold anything: nothing in it may break a line, turn the direction of writing, or be no character at all. */
function oneLine(text: string): string {
  return text
    .replaceAll(/\r\n|[\n\r\u2028\u2029]/g, '⏎')
    .replaceAll(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
}

/** Code can hold no other mark, so words beside it are marked by themselves. */
function tagOf(part: Inline, plain: 'normal' | 'strong'): Part['tag'] {
  if (typeof part !== 'string' && 'code' in part) return 'code';
  const strong = plain === 'strong' || (typeof part !== 'string' && 'strong' in part);
  return strong ? 'b' : undefined;
}

/** Empty marks are no error, but Telegram counts them. */
function wrap(html: string, tag: string | undefined): string {
  return tag === undefined || html === '' ? html : `<${tag}>${html}</${tag}>`;
}
