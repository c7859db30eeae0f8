import type { Message } from '../../chat/message.ts';
import { fromInstant } from '../../domain/instant.ts';
import type { Progress } from '../../domain/report.ts';
import { humanBytes, humanCount, humanDuration } from '../../domain/units.ts';
import { actionsDuring } from './run-actions.ts';

/** The card while the run goes on; made again and again. */
export function renderProgress(runId: string, progress: Progress): Message {
  return {
    tone: 'working',
    title: ['Backup of ', { strong: progress.app }, ` is running: ${stepWords(progress)}`],
    blocks: [
      { kind: 'bar', ...fraction(progress), label: barLabel(progress) },
      { kind: 'lines', lines: [[{ code: runId }]] },
    ],
    actions: actionsDuring(runId),
  };
}

function stepWords({ step, subject }: Progress): string {
  switch (step) {
    case 'starting':
      return 'starting';
    case 'dumping':
      return `dumping ${subject ?? 'databases'}`;
    case 'files':
      return 'reading files';
    case 'storing':
      return 'storing the end of the archive';
  }
}

/** Never full before the end: what is expected is only what the last run read. */
function fraction({ contentInBytes, expectedInBytes }: Progress): { fraction?: number } {
  return expectedInBytes ? { fraction: Math.min(0.99, contentInBytes / expectedInBytes) } : {};
}

/** An estimate before this many seconds would only jump about. */
const settledAfterInSeconds = 10;

function barLabel(progress: Progress): string {
  const seconds = fromInstant(progress.at).diff(fromInstant(progress.startedAt)).as('seconds');
  const speed = progress.contentInBytes / Math.max(0.001, seconds);
  const total = progress.expectedInBytes ? ` of about ${humanBytes(progress.expectedInBytes)}` : '';
  const left = (progress.expectedInBytes ?? 0) - progress.contentInBytes;
  return [
    `${humanBytes(progress.contentInBytes)}${total}`,
    humanCount(progress.entries, 'entry', 'entries'),
    `${humanBytes(speed)}/s`,
    ...(left > 0 && seconds > settledAfterInSeconds ? [`about ${humanDuration(left / speed)} left`] : []),
  ].join(' · ');
}
