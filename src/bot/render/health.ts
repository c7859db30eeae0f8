import type { DateTime } from 'luxon';
import type { Line, Message } from '../../chat/message.ts';
import type { HealthVerdict } from '../../domain/health/verdict.ts';
import { inOrder } from '../../domain/health/verdict.ts';
import type { ReportOf } from '../../domain/report.ts';
import { strayWords } from '../../domain/stray.ts';
import { humanCount } from '../../domain/units.ts';
import { verificationIn, verificationLine } from './verification.ts';

/** The unwell first, with what is wrong and what to do; the others only counted. */
export function renderHealth(
  { verdicts, holdings, strays = [] }: ReportOf<'health'>,
  now: DateTime,
): Message {
  const unwell = inOrder(verdicts).filter(({ failures }) => failures.length > 0);
  const apps = new Set(verdicts.map(({ app }) => app));
  const unwellApps = new Set(unwell.map(({ app }) => app));
  const looked = `${humanCount(apps.size, 'app')} at ${humanCount(holdings.length, 'place')} looked at`;
  const notes = strays.map((stray): Line => [`note: ${strayWords(stray)}`]);
  const besides = [...verificationLine(verificationIn(holdings), now), ...notes];

  const empty = holdings.flatMap((place) => (place.reachable && place.count === 0 ? [emptyLine(place)] : []));

  if (unwell.length === 0)
    return {
      tone: empty.length > 0 ? 'warning' : 'good',
      title: [empty.length > 0 ? notYet : 'All backups are as they should be'],
      blocks: [{ kind: 'lines', lines: [...empty, [`${looked}.`], ...besides] }],
    };
  return {
    tone: 'bad',
    title: [`Something is wrong with the backups of ${humanCount(unwellApps.size, 'app')}`],
    blocks: [{ kind: 'lines', lines: [...unwell.flatMap(linesOf), [`${looked}.`], ...besides] }],
  };
}

/** Before the first run was due there is no alarm, and no praise either. */
const notYet = 'Nothing is wrong, but not every place has a backup yet';

function emptyLine({ app, destination }: { readonly app: string; readonly destination: string }): Line {
  return [{ strong: app }, `: no backup in ${destination} yet.`];
}

function linesOf({ app, failures }: HealthVerdict): Line[] {
  return failures.flatMap(({ problem, advice }): Line[] => [
    ['✖ ', { strong: app }, `: ${problem}`],
    [`  ${advice}`],
  ]);
}
