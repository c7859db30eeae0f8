import { buildCommand } from './build-command.ts';
import type { Command } from './command.ts';
import { grammarOf, marksHelp, verbNamed } from './grammar.ts';
import type { Known } from './known-names.ts';
import { misreadWords, unknownVerb } from './misread-words.ts';
import type { Fix, Misreading } from './misreading.ts';
import { chooseRun, missesRun } from './missing-run.ts';
import { withoutOurName } from './our-name.ts';
import type { ReportOf } from './report.ts';
import { type Asked, sortWords } from './sort-words.ts';
import { splitWords, type Word } from './words.ts';

/** A command, or what to tell the person instead. A mistyped word is told, never put right on a guess. */
export type Reading =
  | { readonly kind: 'command'; readonly command: Command }
  | ReportOf<'not-understood'>
  /** Without any app when there is none that the asker may ask this for. */
  | ReportOf<'choose-app'>;

/** Typed words → what is asked for. A `/backup` in front is passed over; no words at all ask for help. Never throws. */
export function readCommand(typed: string, known: Known): Reading {
  const split = splitWords(typed);
  if ('unclosedQuoteAt' in split) return unclosedQuote(typed, split.unclosedQuoteAt);

  const [first, ...rest] = withoutOurName(split.words);
  if (first === undefined) return { kind: 'command', command: { verb: 'help' } };

  const verb = verbNamed(first.text);
  if (verb === undefined) return notUnderstood(typed, first, unknownVerb(first, rest, known));
  if (rest.some(({ text, literal }) => !literal && marksHelp(text)))
    return { kind: 'command', command: { verb: 'help', topic: verb } };
  return readAsked(typed, first, withTheOnlyApp(sortWords(verb, rest), known), known);
}

function unclosedQuote(typed: string, column: number): Reading {
  const problem = `The quote ${typed[column]} is opened and never closed.`;
  return { kind: 'not-understood', problem, words: typed, column, didYouMean: [] };
}

/** Where only one app can be meant, it need not be named. */
function withTheOnlyApp(asked: Asked, known: Known): Asked {
  const [only, ...others] = known.allowed(asked.verb);
  const argument = missingApp(asked);
  if (argument === undefined || only === undefined || others.length > 0) return asked;

  return { ...asked, named: [{ argument, word: { text: only, raw: '', column: 0, literal: true } }] };
}

function missingApp({ verb, named }: Asked) {
  return grammarOf(verb).arguments.find(({ is, optional }, i) => is === 'app' && !optional && !named[i]);
}

function readAsked(typed: string, first: Word, asked: Asked, known: Known): Reading {
  const { verb } = asked;
  const [misreading] = misreadWords(asked, known);
  if (misreading) return { ...notUnderstood(typed, first, misreading), verb };
  if (missesRun(asked)) return chooseRun(typed, asked, known);
  if (!missingApp(asked)) return { kind: 'command', command: buildCommand(asked, known) };

  const apps = [...known.allowed(verb)];
  const commands = apps.map((app) => rewrite(typed, first, { at: first, by: `${verb} ${app}` }));
  return { kind: 'choose-app', verb, apps, commands };
}

function notUnderstood(
  typed: string,
  first: Word,
  { at, problem, fixes }: Misreading,
): ReportOf<'not-understood'> {
  const commands = fixes.map((fix) => rewrite(typed, first, fix));
  return { kind: 'not-understood', problem, words: typed, column: at.column, didYouMean: commands };
}

/** What was typed, from the verb on, with one word put right. */
function rewrite(typed: string, first: Word, { at, by }: Fix): string {
  const before = typed.slice(first.column, at.column);
  const after = typed.slice(at.column + at.raw.length);
  return (by === '' ? before.trimEnd() : before) + by + after;
}
