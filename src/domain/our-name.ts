import type { Word } from './words.ts';

/** `/backup run shop` and `/backup@holdfast_bot run shop` → `run shop`. */
export function withoutOurName(words: readonly Word[]): readonly Word[] {
  return /^\/?backup(@\S+)?$/iu.test(words[0]?.text ?? '') ? words.slice(1) : words;
}
