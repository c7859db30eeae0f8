import type { DateTime } from 'luxon';
import type { Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanAge, humanBytes, humanCount } from '../../domain/units.ts';
import { actionsDuring } from './run-actions.ts';
import { nameOf, retryWords, waitsForWorker } from './run-words.ts';

/** The card's first form. */
export function renderQueued(queued: ReportOf<'queued'>): Message {
  const place = queued.ahead === 0 ? 'It begins at once.' : `${humanCount(queued.ahead, 'run')} before it.`;
  const { runId, app, askedBy, askedAt, workerAlive } = queued;
  return {
    tone: workerAlive ? 'working' : 'warning',
    title: ['Backup of ', { strong: app }, ' is queued'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          workerAlive ? [place] : waitsForWorker(queued.group),
          [{ code: runId }, `, asked by ${nameOf(askedBy)} `, { time: askedAt }, ...retryWords(queued)],
        ],
      },
    ],
    actions: actionsDuring(runId),
  };
}

/** For whoever asks for a second run while there is one. */
export function renderAlreadyRunning({ run }: ReportOf<'already-running'>, now: DateTime): Message {
  const doing = run.state === 'waiting' ? 'is already queued' : 'is already running';
  const done = run.progress === undefined ? '' : `, ${humanBytes(run.progress.contentInBytes)} read so far`;
  const asked = `, asked by ${nameOf(run.askedBy)} ${humanAge(fromInstant(run.askedAt), now)}${done}`;
  return {
    tone: 'plain',
    title: ['A backup of ', { strong: run.app }, ` ${doing}`],
    blocks: [{ kind: 'lines', lines: [[{ code: run.runId }, asked]] }],
    actions: actionsDuring(run.runId),
  };
}
