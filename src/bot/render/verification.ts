import type { DateTime } from 'luxon';
import type { Line } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { Holding } from '../../domain/report.ts';
import { humanAge, humanCount } from '../../domain/units.ts';
import { type LastFound, type Verification, verifiedTogether } from '../../domain/verification.ts';

/** `Last verified 3 d ago: 4 copies whole`; nothing while none was. */
export function verificationLine(verification: Verification | undefined, now: DateTime): Line[] {
  if (verification === undefined) return [];
  const { lastAt, whole, damaged } = verification;
  const bad = damaged > 0 ? `${copies(damaged)} not as stored, ` : '';
  return [[`Last verified ${humanAge(fromInstant(lastAt), now)}: ${bad}${copies(whole)} whole.`]];
}

/** That of all holdings together. */
export function verificationIn(holdings: readonly Holding[]): Verification | undefined {
  return verifiedTogether(holdings.map((holding) => (holding.reachable ? holding.verification : undefined)));
}

/** `whole, 3 d ago`; nothing for one that was never read. */
export function lastWords(last: LastFound | undefined, now: DateTime): string {
  if (last === undefined) return '';
  const words = last.found === 'whole' ? 'whole' : '✖ not as stored';
  return `${words}, ${humanAge(fromInstant(last.at), now)}`;
}

function copies(count: number): string {
  return humanCount(count, 'copy', 'copies');
}
