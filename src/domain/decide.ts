import { type Access, type Asker, allowedApps, grantors, mayAsk } from './access.ts';
import type { Verb } from './command.ts';
import { type Reading, readCommand } from './read-command.ts';
import type { ReportOf } from './report.ts';
import { addressName } from './who.ts';

/** A command somebody may ask for, or what to tell them instead. */
export type Decision = Reading | ReportOf<'refused'>;

/**
 * Reads words and asks the rules. Whoever may not use a verb at all is refused whatever stands behind it, so that
 * nobody learns by trying which apps there are.
 */
export function decide(
  words: string,
  asker: Asker,
  access: Access,
  destinationsOf: (app: string) => readonly string[],
): Decision {
  const reading = readCommand(words, {
    apps: access.apps,
    allowed: (verb) => allowedApps(access, asker, verb),
    destinations: destinationsOf,
  });
  const { verb, app } = subjectOf(reading);

  if (verb === undefined || mayAsk(access, asker, verb, app)) return reading;
  return refuse(access, asker, verb, app);
}

/** What was asked for, and for which app, as far as it was understood. */
function subjectOf(reading: Reading): { verb?: Verb | undefined; app?: string | undefined } {
  if (reading.kind !== 'command') return { verb: reading.verb };
  return { app: undefined, ...reading.command };
}

function refuse(access: Access, asker: Asker, verb: Verb, app: string | undefined): ReportOf<'refused'> {
  return {
    kind: 'refused',
    who: asker.who,
    where: addressName(asker.where),
    verb,
    ...(app !== undefined && { app }),
    grantors: grantors(access, asker, verb, app),
  };
}
