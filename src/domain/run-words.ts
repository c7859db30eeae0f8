import { grammarOf, verbNamed } from './grammar.ts';
import { withoutOurName } from './our-name.ts';
import { sortWords } from './sort-words.ts';
import { splitWords } from './words.ts';

/** The words that stand where a verb takes a run, to be looked up before they are read; none for a verb that takes no run. */
export function runWordsIn(typed: string): readonly string[] | undefined {
  const split = splitWords(typed);
  const [first, ...rest] = 'words' in split ? withoutOurName(split.words) : [];
  const verb = first && verbNamed(first.text);
  if (verb === undefined || !grammarOf(verb).arguments.some(({ is }) => is === 'run')) return undefined;

  const { named } = sortWords(verb, rest);
  return named.filter(({ argument }) => argument.is === 'run').map(({ word }) => word.text);
}
