import {
  type Access,
  type Asker,
  allowedApps,
  grantors,
  groupsToKnow,
  isDenied,
  isOperator,
  mayAsk,
} from './access.ts';
import type { Verb } from './command.ts';
import type { KnownRun } from './known-run.ts';
import { type Reading, readCommand } from './read-command.ts';
import type { ReportOf } from './report.ts';
import { addressName } from './who.ts';
import { writeCommand } from './write-command.ts';

/** A command somebody may ask for, or what to tell them instead. */
export type Decision = Reading | ReportOf<'refused'>;

/** What apps and runs there are to be named, whoever asks. */
export interface NamesThere {
  destinationsOf(app: string): readonly string[];
  readonly runs: readonly KnownRun[];
}

/**
 * Reads words and asks the rules. Whoever may not use a verb at all is refused whatever stands behind it, so that
 * nobody learns by trying which apps there are.
 */
export function decide(
  words: string,
  asker: Asker,
  access: Access,
  { destinationsOf, runs }: NamesThere,
): Decision {
  const reading = readCommand(words, {
    apps: access.apps,
    allowed: (verb) => allowedApps(access, asker, verb),
    destinations: destinationsOf,
    runs,
  });
  const { verb, app } = subjectOf(reading, runs);

  if (saysCode(reading) && !isDenied(access, asker, 'link')) return reading;
  if (verb !== undefined && !mayAsk(access, asker, verb, app)) return refuse(access, asker, verb, app);
  return isOperator(asker) ? reading : insistOnPlan(words, reading);
}

/** What was asked for, and for which app, as far as it was understood. A run is its app's. */
function subjectOf(
  reading: Reading,
  runs: readonly KnownRun[],
): { verb?: Verb | undefined; app?: string | undefined } {
  if (reading.kind !== 'command') return { verb: reading.verb };
  const { app, run, verb } = { app: undefined, run: undefined, ...reading.command };
  return { verb, app: app ?? runs.find(({ runId }) => runId === run)?.app };
}

/**
 * An account that may do nothing yet can become one that may: the code is from somebody who may, and both confirm. Only the one
 * who was given the code or the question knows its id.
 */
function saysCode(reading: Reading): boolean {
  if (reading.kind !== 'command' || reading.command.verb !== 'link') return false;
  return reading.command.code !== undefined && reading.command.how !== 'remove';
}

/** In a chat nobody removes what was not shown before. */
function insistOnPlan(words: string, reading: Reading): Reading {
  if (reading.kind !== 'command' || reading.command.verb !== 'clean') return reading;
  const { how, ...command } = reading.command;
  if (how !== 'yes') return reading;
  return {
    kind: 'not-understood',
    verb: 'clean',
    problem: '--yes is for the console and for schedules; here the plan is shown first, to be confirmed.',
    words,
    didYouMean: [writeCommand(command)],
  };
}

function refuse(access: Access, asker: Asker, verb: Verb, app: string | undefined): ReportOf<'refused'> {
  const unknown = groupsToKnow(access, asker, verb, app);
  return {
    kind: 'refused',
    who: asker.who,
    where: addressName(asker.where),
    verb,
    ...(app !== undefined && { app }),
    grantors: grantors(access, asker, verb, app),
    ...(unknown.length > 0 && { unknown }),
  };
}
