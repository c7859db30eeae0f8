import type { Context } from './canvas.ts';

/** As much of a text as fits, in the font that is set. */
export function fitted(context: Context, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let kept = [...text];
  while (kept.length > 1 && context.measureText(`${kept.join('')}…`).width > room) kept = kept.slice(0, -1);
  return `${kept.join('')}…`;
}
