import type { DateTime } from 'luxon';
import type { Line, Message } from '../../chat/message.ts';
import type { DigestApp, DigestReport } from '../../domain/digest/digest-report.ts';
import { humanBytes, humanCount, humanList } from '../../domain/units.ts';
import { drawLater } from '../digest/draw-later.ts';
import { mostExplained, mutedLines, restLines, silentLines, unwellLines } from './digest-lines.ts';
import { changeWords, digestTable } from './digest-table.ts';
import { verificationLine } from './verification.ts';

const mostNamedInTitle = 3;
const mostOthersInTable = 20;

/** Since the last digest, and now. What is not well comes first; however many apps there are, it stays a message. */
export function renderDigest(digest: DigestReport, now: DateTime): Message {
  const { apps, picture } = digest;
  const unwell = apps.filter(({ state }) => state === 'unwell');
  const others = apps.filter(({ state }) => state !== 'unwell').slice(0, mostOthersInTable);
  return {
    tone: toneOf(digest),
    title: titleOf(digest, unwell),
    blocks: [
      { kind: 'lines', lines: windowLines(digest, now) },
      { kind: 'lines', lines: unwellLines(unwell) },
      ...digestTable([...unwell.slice(0, mostExplained), ...others], now),
      { kind: 'lines', lines: [...silentLines(digest), ...restLines(digest, others), ...mutedLines(apps)] },
    ],
    ...(picture !== undefined && { picture: drawLater(picture) }),
  };
}

function toneOf({ totals }: DigestReport): Message['tone'] {
  if (totals.unwell > 0) return 'bad';
  return totals.unknown > 0 ? 'warning' : 'good';
}

function titleOf({ totals, late }: DigestReport, unwell: readonly DigestApp[]): Line {
  const runs = `; ${humanCount(totals.runs, 'run')}${failedWords(totals.failures)}${late ? ' (late)' : ''}`;
  const all = totals.apps.toLocaleString('en-US');

  if (totals.unwell > 0) {
    const some = `${totals.unwell.toLocaleString('en-US')} of ${humanCount(totals.apps, 'app')}`;
    return [`Digest: ${some} ${totals.unwell === 1 ? 'is' : 'are'} not well: `, ...namesOf(unwell), runs];
  }
  if (totals.unknown > 0)
    return [`Digest: of ${totals.unknown.toLocaleString('en-US')} of ${all} apps nothing is known${runs}`];
  if (totals.apps === 0) return [`Digest: there is no app${runs}`];
  return [`Digest: ${totals.apps === 1 ? 'the only app is' : `all ${all} apps are`} well${runs}`];
}

function failedWords(failures: number): string {
  return failures > 0 ? `, ${failures.toLocaleString('en-US')} failed` : '';
}

function namesOf(unwell: readonly DigestApp[]): Line {
  const named = unwell.slice(0, mostNamedInTitle).map(({ app }) => app);
  const more = unwell.length - named.length;
  const words = more > 0 ? [...named, `${more.toLocaleString('en-US')} more`] : named;
  return [{ strong: humanList(words) }];
}

function windowLines({ from, to, dueAt, late, totals }: DigestReport, now: DateTime): Line[] {
  const change = changeWords(totals.changeInBytes);
  return [
    [
      ...(['from ', { time: from }, ' to ', { time: to }] as const),
      `: ${humanBytes(totals.storedInBytes)} stored; `,
      `the destinations hold ${humanBytes(totals.storageInBytes)}${change}`,
    ],
    [`In 30 days: ${humanCount(totals.recent.runs, 'run')}${failedWords(totals.recent.failures)}`],
    ...verificationLine(totals.verification, now),
    ...(late && dueAt !== undefined
      ? [['It was due ', { time: dueAt }, ' and is late: nobody was there to tell it.'] satisfies Line]
      : []),
  ];
}
