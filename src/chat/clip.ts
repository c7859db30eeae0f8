const ellipsis = '…';

/** A text of at most so many UTF-16 units: its beginning and a `…` where it was longer. No character is cut in two. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - ellipsis.length);
  return `${cut.replace(/[\ud800-\udbff]$/, '')}${ellipsis}`;
}
