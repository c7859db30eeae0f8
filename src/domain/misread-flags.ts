import { didYouMean } from './did-you-mean.ts';
import { grammarOf, type Kind } from './grammar.ts';
import { type Known, namesOf } from './known-names.ts';
import { type Misreading, quoted, thereAre, unknownName } from './misreading.ts';
import type { Asked, Given } from './sort-words.ts';
import { humanList } from './units.ts';
import { type Word, writeWord } from './words.ts';

/** What is wrong with the flags: not the verb's, without their value, or at odds with each other. */
export function misreadFlags(asked: Asked, known: Known): Misreading[] {
  return asked.flags.flatMap((given, i) => [
    ...misreadFlag(given, asked, known),
    ...clash(given, asked.flags.slice(0, i)),
  ]);
}

/** The verb's flags a word may have been meant for, with or without its dashes. */
export function nearFlags(typed: string, { verb }: Asked): string[] {
  const names = grammarOf(verb).flags.map((flag) => flag.name);
  return didYouMean(typed, names);
}

function misreadFlag({ word, flag, value }: Given, asked: Asked, known: Known): Misreading[] {
  if (flag === undefined) return [unknownFlag(word, asked)];
  if ('means' in flag) return value === undefined ? [] : [unwantedValue(word, flag.name)];
  if (value === undefined || value.text === '')
    return [missingValue(word, flag.name, flag.takes, asked, known)];
  return unknownName(value, flag.takes, asked, known);
}

function unknownFlag(at: Word, asked: Asked): Misreading {
  const typed = at.text.replace(/=.*/su, '');
  const names = grammarOf(asked.verb).flags.map((flag) => flag.name);
  const itHas = names.length > 0 ? `; it has ${humanList(names)}` : '';

  const fixes = nearFlags(typed, asked).map((name) => ({ at, by: name + at.raw.replace(/^[^=]*/su, '') }));
  return { at, problem: `${asked.verb} has no flag ${quoted(typed)}${itHas}.`, fixes };
}

function unwantedValue(at: Word, name: string): Misreading {
  return { at, problem: `${name} takes no value.`, fixes: [{ at, by: name }] };
}

function missingValue(at: Word, name: string, takes: Kind, asked: Asked, known: Known): Misreading {
  const { noun, mentionable } = namesOf(takes, asked, known);
  const problem = `${name} needs the name of a ${noun} behind it${thereAre(mentionable)}.`;
  return {
    at,
    problem,
    fixes: mentionable.slice(0, 3).map((each) => ({ at, by: `${name} ${writeWord(each)}` })),
  };
}

/** Two flags for one thing, unless that is a list; each `once` flag has a key of its own. */
function clash({ word, flag }: Given, before: readonly Given[]): Misreading[] {
  if (!flag || ('takes' in flag && !flag.once)) return [];
  const other = before.find((each) => each.flag?.key === flag.key);
  if (!other?.flag) return [];

  const withoutThis = { at: word, by: '' };
  if (other.flag.name === flag.name)
    return [
      {
        at: word,
        problem: `${flag.name} is given twice.`,
        // Which of two values is meant is not for us to guess.
        fixes: 'takes' in flag ? [] : [withoutThis],
      },
    ];
  const problem = `${other.flag.name} and ${flag.name} exclude each other.`;
  return [{ at: word, problem, fixes: [withoutThis, { at: other.word, by: '' }] }];
}
