import { beginningOf } from './beginning-of.ts';
import type { Kind } from './grammar.ts';
import { type Known, likelyNames, namesOf } from './known-names.ts';
import type { Asked } from './sort-words.ts';
import { humanList } from './units.ts';
import { type Word, writeWord } from './words.ts';

/** Something wrong with what was typed. */
export interface Misreading {
  readonly at: Word;
  /** What is wrong, a sentence. */
  readonly problem: string;
  /** Ways to put it right. */
  readonly fixes: readonly Fix[];
}

/** What to type in place of which word; nothing takes the word out. */
export interface Fix {
  readonly at: Word;
  readonly by: string;
}

/** A name that there is not, with those it is near to; nothing when it is known. */
export function unknownName(at: Word, kind: Kind, asked: Asked, known: Known): Misreading[] {
  const names = namesOf(kind, asked, known);
  if (names.find(at.text) !== undefined) return [];

  if (kind === 'run' && known.allowed(asked.verb).includes(at.text))
    return [{ at, problem: `${at.text} has had no run in the last 30 days.`, fixes: [] }];
  const problem = `There is no ${names.noun} called ${quoted(at.text)}${thereAre(names.mentionable)}.`;
  return [{ at, problem, fixes: likelyNames(at.text, names).map((name) => ({ at, by: writeWord(name) })) }];
}

/** `shop` → `"shop"`; a very long word is cut. */
export function quoted(typed: string): string {
  return typed.length > 60 ? `"${beginningOf(typed, 60)}…"` : `"${typed}"`;
}

/** `; there are shop and blog`, the end of a sentence that misses a name. */
export function thereAre(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `; there is only ${names[0]}`;
  const more = names.length - 10;
  return `; there are ${humanList(more > 0 ? [...names.slice(0, 10), `${more} more`] : names)}`;
}
