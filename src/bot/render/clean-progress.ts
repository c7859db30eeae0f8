import type { DateTime } from 'luxon';
import type { Message } from '../../chat/message.ts';
import type { CleanProgress, CleanQueued } from '../../domain/cleanup-report.ts';
import { fromInstant } from '../../domain/instant.ts';
import { humanAge, humanCount } from '../../domain/units.ts';
import { actionsDuring } from './run-actions.ts';
import { nameOf, waitsForWorker } from './run-words.ts';

/** The card's first form; or, for whoever asks again meanwhile, what was asked before. */
export function renderCleanQueued(queued: CleanQueued, now: DateTime): Message {
  const { jobId, app, askedBy, askedAt, group, workerAlive, already } = queued;
  const asked = `, asked by ${nameOf(askedBy)} ${humanAge(fromInstant(askedAt), now)}`;
  const tone = already ? 'plain' : 'working';
  return {
    tone: workerAlive ? tone : 'warning',
    title: ['Cleaning ', { strong: app }, already ? ' was already asked for' : ' is queued'],
    blocks: [
      { kind: 'lines', lines: [...(workerAlive ? [] : [waitsForWorker(group)]), [{ code: jobId }, asked]] },
    ],
    actions: actionsDuring(jobId),
  };
}

/** The card while the clean goes on; made again and again. */
export function renderCleanProgress(jobId: string, progress: CleanProgress): Message {
  const { app, removed, toRemove } = progress;
  return {
    tone: 'working',
    title: ['Cleaning ', { strong: app }],
    blocks: [
      { kind: 'bar', fraction: removed / Math.max(1, toRemove), label: removedSoFar(progress) },
      { kind: 'lines', lines: [[{ code: jobId }]] },
    ],
    actions: actionsDuring(jobId),
  };
}

/** `3 of 12 backups removed` */
export function removedSoFar({ removed, toRemove }: CleanProgress): string {
  return `${removed.toLocaleString('en-US')} of ${humanCount(toRemove, 'backup')} removed`;
}
