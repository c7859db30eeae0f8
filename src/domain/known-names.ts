import { PlanHash } from './clean-command.ts';
import { Verb } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { type Kind, verbNamed } from './grammar.ts';
import { type KnownRun, runNamed } from './known-run.ts';
import type { Asked } from './sort-words.ts';
import { Span } from './span.ts';

/** What the words are read against: the names there are, as far as they concern who asks. */
export interface Known {
  /** Every app of the configuration. */
  readonly apps: readonly string[];
  /** The apps the asker may ask this for, here; no other is ever suggested or listed. */
  allowed(verb: Verb): readonly string[];
  /** The destinations of an app, by name. */
  destinations(app: string): readonly string[];
  /** The runs that the words can name: unfinished ones, and those that ended as far as the words name them. */
  readonly runs: readonly KnownRun[];
}

/** Names of one kind. */
export interface Names {
  /** What they are names of: `app`, `destination of shop`. */
  readonly noun: string;
  /** The one that a typed word stands for. */
  find(typed: string): string | undefined;
  /** Those the asker may hear of. */
  readonly mentionable: readonly string[];
}

const changes = ['pause', 'resume'] as const;

/** Examples of what one may type. */
const spans = ['30min', '2h', '3d', '1w'];

/**
 * The names a word of this kind can be one of. An app that exists is found even if the asker may not use it, so that
 * the asker is refused rather than told it is unknown; and its destinations are taken as typed, so that none is given away.
 */
export function namesOf(kind: Kind, asked: Asked, known: Known): Names {
  switch (kind) {
    case 'verb':
      return { noun: 'command', find: verbNamed, mentionable: Verb.options };
    case 'app':
      return { noun: 'app', find: among(known.apps), mentionable: known.allowed(asked.verb) };
    case 'destination':
      return destinationNames(appOf(asked, known), asked, known);
    case 'plan':
      return { noun: 'plan', find: (typed) => PlanHash.safeParse(typed).data, mentionable: [] };
    case 'change':
      return { noun: 'change of a schedule', find: among(changes), mentionable: changes };
    case 'span':
      return { noun: 'length of time', find: (typed) => Span.safeParse(typed).data, mentionable: spans };
    case 'text':
      return { noun: 'text', find: (typed) => typed, mentionable: [] };
    case 'run':
      return {
        noun: 'run',
        find: (typed) => runNamed(typed, known.runs)?.runId,
        mentionable: unfinishedRuns(asked.verb, known).map(({ runId }) => runId),
      };
  }
}

/** Those of apps the asker may ask this for. */
export function unfinishedRuns(verb: Verb, { runs, allowed }: Known): readonly KnownRun[] {
  return runs.filter(({ app, unfinished }) => unfinished && allowed(verb).includes(app));
}

/** Near ones for a name nobody knows, best first; those that differ only in case before all others. */
export function likelyNames(typed: string, { mentionable }: Names): readonly string[] {
  const twins = sameButForCase(typed, mentionable);
  return twins.length > 0 ? twins : didYouMean(typed, mentionable);
}

/** Case counts, unless only one name is meant either way. */
function among(names: readonly string[]): (typed: string) => string | undefined {
  return (typed) => {
    if (names.includes(typed)) return typed;
    const [twin, ...others] = sameButForCase(typed, names);
    return others.length === 0 ? twin : undefined;
  };
}

function sameButForCase(typed: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => name.toLowerCase() === typed.toLowerCase());
}

function appOf(asked: Asked, known: Known): string | undefined {
  const word = asked.named.find(({ argument }) => argument.is === 'app')?.word;
  return word && among(known.apps)(word.text);
}

function destinationNames(app: string | undefined, { verb }: Asked, known: Known): Names {
  if (app === undefined || !known.allowed(verb).includes(app))
    return { noun: 'destination', find: (typed) => typed, mentionable: [] };

  const names = known.destinations(app);
  return { noun: `destination of ${app}`, find: among(names), mentionable: names };
}
