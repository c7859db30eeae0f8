import { DateTime } from 'luxon';
import { beginningOf } from '../../../domain/beginning-of.ts';
import type { Inline, Line } from '../../message.ts';

/*
 * Slack's formatted text. https://docs.slack.dev/messaging/formatting-message-text
 */

/** A line with its code, bold words, and times that each reader sees in their own zone. */
export function mrkdwn(line: Line): string {
  return line.map((part) => (isStrong(part) ? bold(part.strong) : inline(part))).join('');
}

/** A line in bold as a whole. */
export function boldLine(line: Line): string {
  const text = line.map((part) => (isStrong(part) ? asIs(part.strong) : inline(part))).join('');
  return text.trim() === '' ? '' : `*${text.trim().replaceAll('*', '∗')}*`;
}

function isStrong(part: Inline): part is { readonly strong: string } {
  return typeof part !== 'string' && 'strong' in part;
}

function inline(part: Exclude<Inline, { readonly strong: string }>): string {
  if (typeof part === 'string') return asIs(part);
  return 'code' in part ? code(part.code) : date(part.time);
}

function bold(text: string): string {
  const escaped = asIs(text).trim();
  return escaped === '' ? '' : `*${escaped.replaceAll('*', '∗')}*`;
}

function code(text: string): string {
  const escaped = asIs(text);
  return escaped.trim() === '' ? escaped : `\`${escaped.replaceAll('`', 'ʼ')}\``;
}

/** A text that Slack shows as it is: no mention, no link, nobody called, whatever it holds. */
function asIs(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/@(?=(?:here|channel|everyone)\b)/giu, '@\u2060');
}

/** Nothing that breaks the line, nor turns its direction. */
export function visible(text: string): string {
  return text
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** Shown where a client does not know dates: `2026-11-22 03:15 UTC`. */
export function dateFallback(instant: string): string {
  return DateTime.fromISO(instant, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm ZZZZ');
}

export const dateFormat = '{date_short_pretty} {time}';

function date(instant: string): string {
  return `<!date^${seconds(instant)}^${dateFormat}|${dateFallback(instant)}>`;
}

export function seconds(instant: string): number {
  return Math.floor(DateTime.fromISO(instant).toSeconds());
}

/** Formatted text of at most so many characters. Neither an escaped character nor a date is cut in two. */
export function clipMrkdwn(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${beginningOf(text, longest - 1).replace(/(?:&[a-z]*|<[^>]*)$/u, '')}…`;
}
