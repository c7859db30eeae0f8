import type { DateTime } from 'luxon';

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `1536` → `1.5 KiB`. Powers of 1024, everywhere. */
export function humanBytes(bytes: number): string {
  const power = Math.min(byteUnits.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${byteUnits[power]}`;
}

const spans: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** `4210` → `1 h 10 min`; the two largest units. Under a minute: `42 s`, under ten seconds: `3.2 s`. */
export function humanDuration(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;

  const at = spans.findIndex(([, size]) => seconds >= size);
  const [unit, size] = spans[at] ?? ['min', 60];
  const [nextUnit, nextSize] = spans[at + 1] ?? ['s', 1];
  const rest = Math.floor((seconds % size) / nextSize);
  return `${Math.floor(seconds / size)} ${unit}${rest > 0 ? ` ${rest} ${nextUnit}` : ''}`;
}

/** How long ago, in words: `3 h 5 min ago`, `just now`, or `in 2 d` for a clock that is ahead. */
export function humanAge(at: DateTime, now: DateTime): string {
  const seconds = now.diff(at).as('seconds');
  if (Math.abs(seconds) < 10) return 'just now';
  return seconds > 0 ? `${humanDuration(seconds)} ago` : `in ${humanDuration(-seconds)}`;
}

/** `['a', 'b', 'c']` → `a, b and c`. */
export function humanList(words: readonly string[], and = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}

/** `1, 'file'` → `1 file`; `2, 'file'` → `2 files`; thousands are parted: `15,000 files`. */
export function humanCount(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : nouns}`;
}
