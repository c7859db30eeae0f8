import { distance } from 'fastest-levenshtein';

/** The likeliest of `known` for a word nobody knows, best first, at most three; empty when nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string[] {
  const wanted = word.toLowerCase();
  const slips = wanted.length < 5 ? 1 : 2;

  return known
    .map((name) => ({ name, far: farness(wanted, name.toLowerCase()) }))
    .filter(({ far }) => far <= slips)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A word cut short counts as one slip, and so do two letters in the wrong order. */
function farness(word: string, name: string): number {
  if (word.length >= 2 && name.startsWith(word)) return 1;
  return isSwap(word, name) ? 1 : distance(word, name);
}

function isSwap(word: string, name: string): boolean {
  const at = [...word].findIndex((letter, i) => letter !== name[i]);
  if (at < 0 || word.length !== name.length) return false;
  return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2) === name;
}
