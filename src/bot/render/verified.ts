import type { Block, Line, Message } from '../../chat/message.ts';
import { humanBytes, humanCount } from '../../domain/units.ts';
import type { VerifiedBackup, VerifiedPlace, VerifiedReport } from '../../domain/verify-report.ts';
import { nameOf } from './run-words.ts';
import { adviceOn } from './verified-advice.ts';

/** A channel is no place for thousands of lines. */
const shown = 20;

const tones = {
  whole: 'good',
  differs: 'bad',
  unknown: 'warning',
  failed: 'bad',
  cancelled: 'plain',
} as const satisfies Record<VerifiedReport['outcome'], Message['tone']>;

/** Which backups are still what was stored, which are not and what to do, and of which it cannot be known. */
export function renderVerified(verified: VerifiedReport): Message {
  const { jobId, app, askedBy, finishedAt, reason, outcome, places } = verified;
  return {
    tone: tones[outcome],
    title: titleOf(verified),
    blocks: [
      { kind: 'lines', lines: reason === undefined ? [] : [[reason]] },
      ...places.map(placeBlock),
      { kind: 'lines', lines: adviceOn(verified) },
      {
        kind: 'lines',
        lines: [[{ code: jobId }, `, asked by ${nameOf(askedBy)}, ended `, { time: finishedAt }]],
      },
    ],
    ...(outcome === 'differs' && { actions: [{ label: 'Back up now', words: `run ${app}` }] }),
  };
}

function titleOf({ app, outcome, cancelledBy, places }: VerifiedReport): Line {
  const backups = places.flatMap((place) => (place.reachable ? place.backups : []));
  const whole = backups.filter(({ found }) => found === 'whole');
  const found = `${copies(whole.length)} whole`;
  switch (outcome) {
    case 'whole': {
      const read = whole.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
      return ['Verified ', { strong: app }, `: ${found}, ${humanBytes(read)} read`];
    }
    case 'differs': {
      const damaged = backups.filter((backup) => backup.found === 'differs').length;
      return ['Verified ', { strong: app }, `: ${copies(damaged)} not as stored, ${found}`];
    }
    case 'unknown': {
      const unsteady = backups.filter((backup) => backup.found === 'unsteady').length;
      const secondTime = unsteady > 0 ? `${copies(unsteady)} whole only at a second look, ` : '';
      return ['Verified ', { strong: app }, ` only in part: ${secondTime}${found}`];
    }
    case 'failed':
      return ['Verifying ', { strong: app }, ' failed: nothing was read'];
    case 'cancelled': {
      const by = cancelledBy === undefined ? '' : ` by ${nameOf(cancelledBy)}`;
      return ['Verifying ', { strong: app }, ` was cancelled${by}: until then ${found}`];
    }
  }
}

/** One backup at two destinations is two copies. */
function copies(count: number): string {
  return humanCount(count, 'copy', 'copies');
}

function placeBlock(place: VerifiedPlace): Block {
  const { destination } = place;
  if (!place.reachable) {
    const mark = place.writeOnly ? '· ' : '✖ ';
    const meaning = place.writeOnly ? 'What it holds cannot be known from here.' : 'Nothing was read there.';
    return { kind: 'lines', lines: [[mark, { strong: destination }, `: ${place.problem} ${meaning}`]] };
  }

  const whole = place.backups.filter(({ found }) => found === 'whole');
  const others = place.backups.filter(({ found }) => found !== 'whole');
  const mark = others.length + place.notTried > 0 ? '✖ ' : '✔ ';
  return {
    kind: 'lines',
    lines: [
      [mark, { strong: destination }, `: ${countOf(place, whole.length)}`],
      ...capped(others, (backup) => [marks[backup.found], backup.problem ?? backup.key]),
      ...capped(whole, (backup) => [marks.whole, { code: backup.key }, ` ${sizeWords(backup)}`]),
      ...(place.notTried > 0 ? [[`${humanCount(place.notTried, 'backup')} not tried any more.`]] : []),
    ],
  };
}

const marks = {
  whole: '✔ ',
  differs: '✖ ',
  unsteady: '! ',
  'no-manifest': '! ',
  'write-only': '· ',
  'not-read': '! ',
} as const satisfies Record<VerifiedBackup['found'], string>;

function countOf({ backups, there }: Extract<VerifiedPlace, { reachable: true }>, whole: number): string {
  const all = backups.length;
  if (all === 0) return 'no backup was read';
  const some = there > all ? `, of ${there.toLocaleString('en-US')} there` : '';
  return all === whole
    ? `${humanCount(all, 'backup')} whole${some}`
    : `${whole} of ${humanCount(all, 'backup')} whole${some}`;
}

function sizeWords({ sizeInBytes }: VerifiedBackup): string {
  return `whole, ${humanBytes(sizeInBytes)}`;
}

function capped(backups: readonly VerifiedBackup[], lineOf: (backup: VerifiedBackup) => Line): Line[] {
  const hidden = backups.length - shown;
  const lines = backups.slice(0, shown).map(lineOf);
  return hidden > 0 ? [...lines, [`and ${hidden.toLocaleString('en-US')} more like these`]] : lines;
}
