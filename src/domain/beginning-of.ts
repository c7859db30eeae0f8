/** What people see as one character may be many: a flag, a family, a letter with its accents. */
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** No character of any language is longer, in UTF-16 units; one that pretends to be may be cut between two code points. */
const longestCharacter = 64;

/** The beginning of a text, at most so many UTF-16 units of it. No character is cut in two. */
export function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = characters.segment(text.slice(0, longest + longestCharacter)).containing(longest)?.index;
  if (cut !== undefined && longest - cut < longestCharacter) return text.slice(0, cut);
  return text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}
