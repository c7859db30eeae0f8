import { Verb } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { beginsWithApp } from './grammar.ts';
import type { Known } from './known-names.ts';
import { misreadFlags, nearFlags } from './misread-flags.ts';
import { type Misreading, quoted, thereAre, unknownName } from './misreading.ts';
import { type Asked, sortWords } from './sort-words.ts';
import type { Word } from './words.ts';

/** Everything that keeps the words behind a verb from being a command, in the order it was typed. */
export function misreadWords(asked: Asked, known: Known): Misreading[] {
  const found = [
    ...misreadFlags(asked, known),
    ...asked.named.flatMap(({ argument, word }) => unknownName(word, argument.is, asked, known)),
    ...asked.extra.map((word) => extraWord(word, asked)),
  ];
  return found.sort((a, b) => a.at.column - b.at.column);
}

/** Somebody who only says an app's name may mean any verb that takes one; nobody means one that lacks a flag that is there. */
export function unknownVerb(at: Word, rest: readonly Word[], known: Known): Misreading {
  const near = didYouMean(at.text, Verb.options).filter((verb) =>
    sortWords(verb as Verb, rest).flags.every(({ flag }) => flag !== undefined),
  );
  const forApp = Verb.options.filter((verb) => beginsWithApp(verb) && known.allowed(verb).includes(at.text));
  const likely = [...near, ...forApp.map((verb) => `${verb} ${at.text}`)];

  const problem = `There is no command called ${quoted(at.text)}${thereAre(Verb.options)}.`;
  return { at, problem, fixes: likely.map((by) => ({ at, by })) };
}

/** A word too many may be a flag without its dashes; else it can only be left out. */
function extraWord(at: Word, asked: Asked): Misreading {
  const flags = nearFlags(at.text, asked);
  const problem = `${asked.verb} does not know what to do with ${quoted(at.text)}.`;
  return { at, problem, fixes: (flags.length > 0 ? flags : ['']).map((by) => ({ at, by })) };
}
