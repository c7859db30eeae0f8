import { beginningOf } from './beginning-of.ts';

/** Stands where a text was cut. */
export const ellipsis = '…';

/** A text of at most so many UTF-16 units: its beginning and a `…` where it was longer. No character is cut in two. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${beginningOf(text, longest - ellipsis.length)}${ellipsis}`;
}
