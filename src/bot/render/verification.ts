import type { DateTime } from 'luxon';
import type { Line } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { Holding } from '../../domain/report.ts';
import { humanAge, humanCount } from '../../domain/units.ts';
import { type LastFound, type Verification, verifiedTogether } from '../../domain/verification.ts';

/** `Last verified 3 d ago: 4 copies whole`; nothing while none was, and none is known to need it. */
export function verificationLine(verification: Verification | undefined, now: DateTime): Line[] {
  if (verification === undefined) return [];
  const { lastAt, whole, damaged, notCompared = 0 } = verification;
  const bad = damaged > 0 ? `${copies(damaged)} not as stored, ` : '';
  const read = lastAt && `Last verified ${humanAge(fromInstant(lastAt), now)}: ${bad}${copies(whole)} whole.`;
  const unread = `${copies(notCompared)} stored and never compared: verify ${notCompared === 1 ? 'it' : 'them'}.`;
  return [...(read ? [[read]] : []), ...(notCompared > 0 ? [[unread]] : [])];
}

/** That of all holdings together. */
export function verificationIn(holdings: readonly Holding[]): Verification | undefined {
  return verifiedTogether(holdings.map((holding) => (holding.reachable ? holding.verification : undefined)));
}

/** `whole, 3 d ago`; nothing for one that was never read. */
export function lastWords(last: LastFound | undefined, now: DateTime): string {
  if (last === undefined) return '';
  return `${lastFound[last.found]}, ${humanAge(fromInstant(last.at), now)}`;
}

const lastFound = {
  whole: 'whole',
  differs: '✖ not as stored',
  'not-compared': 'not compared',
} as const satisfies Record<LastFound['found'], string>;

function copies(count: number): string {
  return humanCount(count, 'copy', 'copies');
}
