import type { Line } from '../../chat/message.ts';
import type { DigestApp, DigestReport } from '../../domain/digest/digest-report.ts';
import { humanList } from '../../domain/units.ts';

/** So many are named with all there is to say of them, the others by their names alone. */
export const mostExplained = 20;
const mostNamed = 60;
const mostProblems = 3;

/** Why apps are not well. */
export function unwellLines(unwell: readonly DigestApp[]): Line[] {
  return [
    ...unwell.slice(0, mostExplained).map(problemLine),
    ...furtherLine('✖ Not well either: ', unwell.slice(mostExplained)),
  ];
}

/** Of whom nothing is known, and why. */
export function silentLines({ silent }: DigestReport): Line[] {
  return silent.map(({ group, apps, reason = 'it did not answer.' }) => [
    `? Worker group ${group} could not be asked about ${someOf(apps)}: ${reason}`,
  ]);
}

/** How many are well besides those that are `shown`. */
export function restLines({ totals }: DigestReport, shown: readonly DigestApp[]): Line[] {
  const well = totals.apps - totals.unwell - totals.unknown;
  const more = well - shown.filter(({ state }) => state === 'well').length;
  return more > 0 ? [[`and ${more.toLocaleString('en-US')} more ${more === 1 ? 'is' : 'are'} well`]] : [];
}

export function mutedLines(apps: readonly DigestApp[]): Line[] {
  const muted = apps.filter((app) => app.muted !== undefined);
  return [
    ...muted.slice(0, mostExplained).flatMap(mutedLine),
    ...furtherLine('muted, too: ', muted.slice(mostExplained)),
  ];
}

function problemLine({ app, problems, muted }: DigestApp): Line {
  const more = problems.length - mostProblems;
  const words = [...problems.slice(0, mostProblems), ...(more > 0 ? [`And ${more} more.`] : [])];
  return ['✖ ', { strong: app }, `${muted === undefined ? '' : ' (muted)'}: ${words.join(' ')}`];
}

function mutedLine({ app, muted }: DigestApp): Line[] {
  if (muted === undefined) return [];
  const reason = muted.reason === undefined ? '' : `: ${muted.reason}`;
  return [['muted: ', { strong: app }, ' until ', { time: muted.until }, reason]];
}

function furtherLine(start: string, apps: readonly DigestApp[]): Line[] {
  return apps.length > 0 ? [[start, someOf(apps.map(({ app }) => app))]] : [];
}

/** Names, as many as people will read, and how many there are besides. */
function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  if (more <= 0) return humanList(names);
  const rest = `${more.toLocaleString('en-US')} more; see /backup monitor`;
  return humanList([...names.slice(0, mostNamed), rest]);
}
