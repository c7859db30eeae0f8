import { Command } from './command.ts';
import { type Flag, grammarOf, type Kind } from './grammar.ts';
import { type Known, namesOf } from './known-names.ts';
import type { Asked } from './sort-words.ts';
import type { Word } from './words.ts';

/** The command that words say once nothing is wrong with them and nothing is missing. */
export function buildCommand(asked: Asked, known: Known): Command {
  const nameOf = (kind: Kind, word: Word) => namesOf(kind, asked, known).find(word.text);
  const named = asked.named.map(({ argument, word }) => [argument.key, nameOf(argument.is, word)]);
  const flagged = grammarOf(asked.verb).flags.flatMap((flag) => sayFlag(flag, asked, nameOf));

  return Command.parse({ verb: asked.verb, ...Object.fromEntries([...named, ...flagged]) });
}

/** A list is there even when it is empty; a name given twice is in it once. */
function sayFlag(
  flag: Flag,
  asked: Asked,
  nameOf: (kind: Kind, word: Word) => string | undefined,
): [string, unknown][] {
  const given = asked.flags.filter((each) => each.flag === flag);
  if ('means' in flag) return given.length > 0 ? [[flag.key, flag.means]] : [];

  const names = given.map(({ value }) => value && nameOf(flag.takes, value));
  if (flag.once) return names.length > 0 ? [[flag.key, names[0]]] : [];
  return [[flag.key, [...new Set(names)]]];
}
