import type { DateTime } from 'luxon';
import type { Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import { humanAge, humanBytes } from '../../domain/units.ts';
import type { VerifyProgress, VerifyQueued } from '../../domain/verify-report.ts';
import { actionsDuring } from './run-actions.ts';
import { nameOf, waitsForWorker } from './run-words.ts';

/** The card's first form; or, for whoever asks again meanwhile, what was asked before. */
export function renderVerifyQueued(queued: VerifyQueued, now: DateTime): Message {
  const { jobId, app, askedBy, askedAt, group, workerAlive, already } = queued;
  const asked = `, asked by ${nameOf(askedBy)} ${humanAge(fromInstant(askedAt), now)}`;
  const tone = already ? 'plain' : 'working';
  return {
    tone: workerAlive ? tone : 'warning',
    title: ['Verifying ', { strong: app }, already ? ' was already asked for' : ' is queued'],
    blocks: [
      { kind: 'lines', lines: [...(workerAlive ? [] : [waitsForWorker(group)]), [{ code: jobId }, asked]] },
    ],
    actions: actionsDuring(jobId),
  };
}

/** The card while backups are read; made again and again. */
export function renderVerifyProgress(jobId: string, progress: VerifyProgress): Message {
  const { app, readInBytes, toReadInBytes } = progress;
  const fraction = Math.min(1, readInBytes / Math.max(1, toReadInBytes));
  return {
    tone: 'working',
    title: ['Verifying ', { strong: app }],
    blocks: [
      { kind: 'bar', fraction, label: readSoFar(progress) },
      { kind: 'lines', lines: [[{ code: jobId }]] },
    ],
    actions: actionsDuring(jobId),
  };
}

/** `1.2 GiB of 3.4 GiB read` */
export function readSoFar({ readInBytes, toReadInBytes }: VerifyProgress): string {
  return `${humanBytes(readInBytes)} of ${humanBytes(toReadInBytes)} read`;
}
