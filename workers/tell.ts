import { setTimeout as pause } from 'node:timers/promises';
import type { Report } from '../src/domain/report.ts';
import { sentenceOf } from '../src/log.ts';
import { logReport } from '../src/log-report.ts';
import {
  type CleanJob,
  type QuestionJob,
  type RunJob,
  reports,
  type VerifyJob,
} from '../src/queue/contracts.ts';
import { type JobInHand, JobRefused } from '../src/queue/queue.ts';
import { inOtherWords } from './in-other-words.ts';
import { redactReport } from './redact-report.ts';
import type { Tools } from './tools.ts';

const firstPauseInMs = 250;
const longestPauseInMs = 15_000;

/**
 * Puts a report into the queue, and keeps trying while the queue is away: what was done must be reported. A report whose content
 * the queue refuses is sent in other words.
 */
export async function tell(
  job: JobInHand<RunJob | CleanJob | VerifyJob | QuestionJob>,
  report: Report,
  { queue, log, redact }: Pick<Tools, 'log' | 'redact'> & { readonly queue: Pick<Tools['queue'], 'add'> },
): Promise<void> {
  const { replyTo } = job.data;
  const gathering = 'gathering' in job.data ? job.data.gathering : undefined;
  let data = {
    jobId: job.id,
    report: redactReport(report, redact),
    ...(replyTo && { replyTo }),
    ...(gathering !== undefined && { gathering }),
  };
  // First: whatever becomes of the queue, the operator can read it.
  logReport(data.report, log, { isAnswer: replyTo !== undefined || gathering !== undefined });

  for (let pauseInMs = firstPauseInMs; ; pauseInMs = Math.min(longestPauseInMs, pauseInMs * 2)) {
    try {
      await queue.add(reports, { id: `report.${job.id}`, attempts: 20, data });
      return;
    } catch (thrown) {
      log.warn(`The report on ${job.id} waits for the queue: ${sentenceOf(thrown)}`);
      if (thrown instanceof JobRefused) data = { ...data, report: inOtherWords(data.report, thrown.message) };
      await pause(pauseInMs, undefined, { signal: job.signal });
    }
  }
}
