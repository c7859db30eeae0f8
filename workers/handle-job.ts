import type { DateTime } from 'luxon';
import { toInstant } from '../src/domain/instant.ts';
import type { Report } from '../src/domain/report.ts';
import { type Log, sentenceOf } from '../src/log.ts';
import type { QuestionJob, RunJob } from '../src/queue/contracts.ts';
import type { JobInHand } from '../src/queue/queue.ts';
import type { App } from './app.ts';
import { listBackups, listOverview } from './list-backups.ts';
import { runBackup } from './run-backup.ts';
import { tell } from './tell.ts';
import type { Tools } from './tools.ts';

/** A run, and word of it. */
export async function handleRun(job: JobInHand<RunJob>, tools: Tools): Promise<void> {
  await tell(job, await runReport(job, tools), tools);
}

/** A question, and its answer. */
export async function handleQuestion(job: JobInHand<QuestionJob>, tools: Tools): Promise<void> {
  await tell(job, await questionReport(job, tools), tools);
}

/** A run whose worker dies again and again takes its worker with it; the queue itself would hand it on for ever. */
const mostStarts = 3;

function tooManyStarts({ attempt }: JobInHand<RunJob>): string {
  return `The worker died ${attempt - 1} times in the middle of this run, so it is not started again. Its log may say why; lack of memory is the usual reason.`;
}

// The two places where whatever goes wrong in a job ends: as a report.

async function runReport(job: JobInHand<RunJob>, tools: Tools): Promise<Report> {
  const startedAt = tools.clock();
  if (job.attempt > mostStarts) return failedRun(job, startedAt, startedAt, tooManyStarts(job));
  try {
    return await runBackup(appOf(tools, job.data.command.app), job, tools);
  } catch (thrown) {
    logFailure(job.id, thrown, tools.log);
    return failedRun(job, startedAt, tools.clock(), sentenceOf(thrown));
  }
}

async function questionReport(job: JobInHand<QuestionJob>, tools: Tools): Promise<Report> {
  try {
    return await answerOf(job.data, tools);
  } catch (thrown) {
    logFailure(job.id, thrown, tools.log);
    return { kind: 'trouble', doing: 'list', reason: sentenceOf(thrown) };
  }
}

function logFailure(jobId: string, thrown: unknown, log: Log): void {
  log.debug(`Job ${jobId} failed.`, { stack: thrown instanceof Error ? thrown.stack : undefined });
}

function answerOf({ question }: QuestionJob, tools: Tools): Promise<Report> {
  switch (question.about) {
    case 'overview':
      return listOverview(
        question.apps.map((name) => appOf(tools, name)),
        tools.group,
        tools.clock(),
      );
    case 'backups':
      return listBackups(appOf(tools, question.app), tools.clock());
  }
}

function appOf({ apps, group }: Tools, name: string): App {
  const app = apps.get(name);
  if (app !== undefined) return app;
  throw new Error(
    `The worker of group "${group}" has no app called ${name} in its holdfast.yml; the bot's file names it. Give both the same file.`,
  );
}

function failedRun(
  job: JobInHand<RunJob>,
  startedAt: DateTime,
  finishedAt: DateTime,
  reason: string,
): Report {
  const { command, askedBy } = job.data;
  return {
    kind: 'run',
    runId: job.id,
    app: command.app,
    backup: command.only ?? 'full',
    askedBy,
    startedAt: toInstant(startedAt),
    finishedAt: toInstant(finishedAt),
    outcome: 'failed',
    reason,
    destinations: [],
    dumps: [],
    warnings: [],
  };
}
