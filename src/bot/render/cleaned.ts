import type { Block, Line, Message } from '../../chat/message.ts';
import {
  type CleanedPlace,
  type CleanedReport,
  foundWrong,
  type JudgedBackup,
} from '../../domain/cleanup-report.ts';
import { humanBytes, humanCount } from '../../domain/units.ts';
import { countAndSize, judgedTable, sizeOf } from './judged-table.ts';
import { nameOf } from './run-words.ts';

type Reached = Extract<CleanedPlace, { reachable: true }>;

/** What a clean removed, what it could not, and what stays. */
export function renderCleaned(cleaned: CleanedReport): Message {
  const { jobId, askedBy, finishedAt, reason, outcome, places } = cleaned;
  const removed = places.flatMap((place) => (place.reachable ? place.removed : []));
  return {
    tone: toneOf(cleaned),
    title: titleOf(cleaned, removed),
    blocks: [
      { kind: 'lines', lines: reason === undefined ? [] : [[reason]] },
      ...places.flatMap((place) => placeBlocks(place, outcome)),
      {
        kind: 'lines',
        lines: [[{ code: jobId }, `, asked by ${nameOf(askedBy)}, ended `, { time: finishedAt }]],
      },
    ],
  };
}

function toneOf({ outcome, places }: CleanedReport): Message['tone'] {
  if (outcome === 'failed') return 'bad';
  if (outcome === 'cancelled') return 'plain';
  const noted = places.some((place) => place.reachable && place.warnings.length > 0);
  return outcome === 'partly' || noted ? 'warning' : 'good';
}

function titleOf(cleaned: CleanedReport, removed: readonly JudgedBackup[]): Line {
  const { app, outcome, cancelledBy } = cleaned;
  if (outcome === 'failed') return ['Cleaning ', { strong: app }, ' failed: nothing was removed'];
  const what = `${humanCount(removed.length, 'backup')} removed, ${humanBytes(sizeOf(removed))} freed`;
  if (outcome === 'cancelled') {
    const by = cancelledBy === undefined ? '' : ` by ${nameOf(cancelledBy)}`;
    const before = removed.length > 0 ? `until then ${what}` : 'nothing was removed';
    return ['Cleaning ', { strong: app }, ` was cancelled${by}: ${before}`];
  }
  if (outcome === 'partly') return ['Cleaned ', { strong: app }, ` only in part: ${what}`];
  if (foundWrong(cleaned)) {
    const went = removed.length === 0 ? 'no backup had to go' : what;
    return ['Something is wrong with the backups of ', { strong: app }, `; ${went}`];
  }
  if (removed.length === 0) return [{ strong: app }, ' is clean: no backup had to go'];
  return ['Cleaned ', { strong: app }, `: ${what}`];
}

function placeBlocks(place: CleanedPlace, outcome: CleanedReport['outcome']): Block[] {
  const { destination } = place;
  if (!place.reachable)
    return [
      {
        kind: 'lines',
        lines: [
          [
            place.writeOnly ? '· ' : '✖ ',
            { strong: destination },
            `: ${place.problem} Nothing was done there.`,
          ],
        ],
      },
    ];

  const { removed, kept, failed } = place;
  const stays = `${humanCount(kept.count, 'backup')} (${humanBytes(kept.sizeInBytes)}) to stay`;
  const line: Line = [
    failed.length > 0 ? '✖ ' : '✔ ',
    { strong: destination },
    `: ${countAndSize(removed)} removed, ${stays}`,
  ];
  return [
    { kind: 'lines', lines: [line, ...notesOn(place, outcome).map((note) => [`note: ${note}`])] },
    ...judgedTable('removed', removed),
  ];
}

/** A destination that is broken says the same of every backup. */
const shownFailures = 10;

function notesOn(place: Reached, outcome: CleanedReport['outcome']): string[] {
  const { leftovers, failed, notTried, beingRead, warnings } = place;
  return [
    ...(leftovers.length > 0
      ? [`${humanCount(leftovers.length, 'manifest')} without an archive removed, too.`]
      : []),
    ...failed.slice(0, shownFailures).map(({ problem }) => `${problem} It is tried again next time.`),
    ...more(failed.length - shownFailures, 'failed as well'),
    ...(outcome === 'cancelled'
      ? more(notTried, 'would have gone and stay')
      : more(notTried, 'were not tried after so many failures in a row')),
    ...beingRead.map((key) => `${key} is being read right now, so it goes next time.`),
    ...warnings,
  ];
}

function more(count: number, what: string): string[] {
  return count > 0 ? [`${count.toLocaleString('en-US')} more ${what}.`] : [];
}
