import type { DateTime } from 'luxon';
import type { Line, Message } from '../../chat/message.ts';
import type { CleanedPlace, CleanedReport, CleanQueued } from '../../domain/cleanup-report.ts';
import { fromInstant } from '../../domain/instant.ts';
import { humanAge, humanBytes, humanCount } from '../../domain/units.ts';
import { countAndSize, judgedTable, sizeOf } from './judged-table.ts';
import { nameOf } from './run-words.ts';

/** What a clean removed, what it could not, and what stays. */
export function renderCleaned(cleaned: CleanedReport): Message {
  const reached = cleaned.places.filter((place) => place.reachable);
  const removed = reached.flatMap(({ destination, removed }) =>
    removed.map((backup) => ({ destination, backup })),
  );
  const { jobId, askedBy, finishedAt } = cleaned;
  return {
    tone: toneOf(cleaned),
    title: titleOf(
      cleaned,
      removed.map(({ backup }) => backup),
    ),
    blocks: [
      {
        kind: 'lines',
        lines: [
          ...(cleaned.reason === undefined ? [] : [[cleaned.reason]]),
          ...cleaned.places.flatMap(placeLines),
        ],
      },
      ...judgedTable('removed', removed),
      {
        kind: 'lines',
        lines: [[{ code: jobId }, `, asked by ${nameOf(askedBy)}, ended `, { time: finishedAt }]],
      },
    ],
  };
}

/** The card's first form; or, for whoever asks again meanwhile, what was asked before. */
export function renderCleanQueued(queued: CleanQueued, now: DateTime): Message {
  const { jobId, app, askedBy, askedAt, group, workerAlive, already } = queued;
  const nobody = `No worker of group "${group}" is alive, so it waits until one starts: holdfast worker --group ${group}`;
  const asked = `, asked by ${nameOf(askedBy)} ${humanAge(fromInstant(askedAt), now)}`;
  return {
    tone: workerAlive ? (already ? 'plain' : 'working') : 'warning',
    title: ['Cleaning ', { strong: app }, already ? ' was already asked for' : ' is queued'],
    blocks: [{ kind: 'lines', lines: [...(workerAlive ? [] : [[nobody]]), [{ code: jobId }, asked]] }],
  };
}

function toneOf({ outcome, places }: CleanedReport): Message['tone'] {
  if (outcome === 'failed') return 'bad';
  const noted = places.some((place) => place.reachable && place.warnings.length > 0);
  return outcome === 'partly' || noted ? 'warning' : 'good';
}

function titleOf({ app, outcome }: CleanedReport, removed: Parameters<typeof sizeOf>[0]): Line {
  if (outcome === 'failed') return ['Cleaning ', { strong: app }, ' failed: nothing was removed'];
  const what = `${humanCount(removed.length, 'backup')} removed, ${humanBytes(sizeOf(removed))} freed`;
  if (outcome === 'partly') return ['Cleaned ', { strong: app }, ` only in part: ${what}`];
  if (removed.length === 0) return [{ strong: app }, ' is clean: no backup had to go'];
  return ['Cleaned ', { strong: app }, `: ${what}`];
}

function placeLines(place: CleanedPlace): Line[] {
  const { destination } = place;
  if (!place.reachable)
    return [['✖ ', { strong: destination }, `: ${place.problem} Nothing was done there.`]];

  const { removed, kept, leftovers, failed, beingRead, notTried, warnings } = place;
  const mark = failed.length > 0 ? '✖ ' : '✔ ';
  const stays = `${humanCount(kept.count, 'backup')} (${humanBytes(kept.sizeInBytes)}) to stay`;
  const notes = [
    ...(leftovers.length > 0
      ? [`${humanCount(leftovers.length, 'manifest')} without an archive removed, too.`]
      : []),
    ...failed.slice(0, shownFailures).map(({ problem }) => `${problem} It is tried again next time.`),
    ...moreWords(failed.length - shownFailures, 'failed as well'),
    ...moreWords(notTried, 'were not tried after so many failures in a row'),
    ...beingRead.map((key) => `${key} is being read right now, so it goes next time.`),
    ...warnings,
  ];
  return [
    [mark, { strong: destination }, `: ${countAndSize(removed)} removed, ${stays}`],
    ...notes.map((note) => ['note: ', { strong: destination }, `: ${note}`]),
  ];
}

const shownFailures = 10;

function moreWords(count: number, what: string): string[] {
  return count > 0 ? [`${humanCount(count, 'more', 'more')} ${what}.`] : [];
}
