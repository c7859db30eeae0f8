import type { Verb } from './command.ts';
import { type Argument, type Flag, grammarOf } from './grammar.ts';
import type { Word } from './words.ts';

/** The words behind a verb, sorted by what they are there for. Whether the names in them exist is not asked yet. */
export interface Asked {
  readonly verb: Verb;
  readonly named: readonly { readonly argument: Argument; readonly word: Word }[];
  /** Words the verb has no place for. */
  readonly extra: readonly Word[];
  readonly flags: readonly Given[];
}

/** A flag somebody typed; `flag` is missing when the verb has none of that name. */
export interface Given {
  readonly word: Word;
  readonly flag: Flag | undefined;
  readonly value: Word | undefined;
}

/** `run`, [`shop`, `--to`, `disk`] → `shop` names the app, `disk` is the value of `--to`. */
export function sortWords(verb: Verb, words: readonly Word[]): Asked {
  const grammar = grammarOf(verb);
  const waiting = [...words];
  const plain: Word[] = [];
  const flags: Given[] = [];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (looksLikeFlag(word)) flags.push(takeFlag(word, grammar.flags, waiting));
    else plain.push(word);
  }

  const named = grammar.arguments.flatMap((argument, i) => {
    const word = argument.rest ? joined(plain.splice(i)) : plain[i];
    return word ? [{ argument, word }] : [];
  });
  return { verb, named, extra: plain.slice(named.length), flags };
}

/** Several words as one, with single spaces between them. */
function joined(words: readonly Word[]): Word | undefined {
  const [first] = words;
  const join = (part: 'text' | 'raw') => words.map((word) => word[part]).join(' ');
  return first && { ...first, text: join('text'), raw: join('raw') };
}

function looksLikeFlag({ text, literal }: Word): boolean {
  return !literal && /^-./su.test(text);
}

function takeFlag(word: Word, flags: readonly Flag[], waiting: Word[]): Given {
  const name = word.text.replace(/=.*/su, '').toLowerCase();
  const flag = flags.find((each) => each.name === name);
  if (word.text.includes('=')) return { word, flag, value: valueInside(word) };

  const next = waiting[0];
  const takesNext = flag && 'takes' in flag && next && !looksLikeFlag(next);
  return { word, flag, value: takesNext ? waiting.shift() : undefined };
}

/** The `disk` of `--to=disk`, as a word that stands where it stands. */
function valueInside({ text, raw, column }: Word): Word {
  const typedFrom = raw.indexOf('=') + 1;
  return {
    text: text.slice(text.indexOf('=') + 1),
    raw: raw.slice(typedFrom),
    column: column + typedFrom,
    literal: true,
  };
}
