import { toInstant } from '../src/domain/instant.ts';
import type { Report, RunReport } from '../src/domain/report.ts';
import type { VerifiedReport } from '../src/domain/verify-report.ts';
import { type Log, sentenceOf } from '../src/log.ts';
import type { CleanJob, QuestionJob, RunJob, VerifyJob } from '../src/queue/contracts.ts';
import { HandedBack, type JobInHand } from '../src/queue/queue.ts';
import { type App, RunRefused } from './app.ts';
import { refuseIfTakenOver } from './backup/turn.ts';
import { unstoredRun } from './backup/unstored-run.ts';
import { checkHealth } from './check-health.ts';
import { cleanBackups, planCleanupOf } from './clean-backups.ts';
import { inLog } from './in-log.ts';
import { listBackups, listOverview } from './list-backups.ts';
import { patiently } from './patiently.ts';
import { pingsOf } from './ping-run.ts';
import { recallRun, rememberRun } from './remember-run.ts';
import { leaveToHolder } from './schedules/holders.ts';
import { seeRunThrough } from './see-run-through.ts';
import { tell } from './tell.ts';
import type { Tools } from './tools.ts';
import { verifyBackups } from './verify-backups.ts';

/** A run, and word of it. One that had ended, and whose worker died or lost it after that, is not made again. @throws {HandedBack} */
export async function handleRun(job: JobInHand<RunJob>, tools: Tools): Promise<void> {
  await leaveToHolder(job.data.command.app, job.signal, tools);
  return inLog(`Backup of ${job.data.command.app}`, job, tools, () => doRun(job, tools));
}

async function doRun(job: JobInHand<RunJob>, tools: Tools): Promise<void> {
  const ended = job.attempt > 1 ? await patiently(() => recallRun(job.id, tools), job.signal) : undefined;
  if (ended !== undefined) return tell(job, ended, tools);

  const pings = pingsOf(job, tools);
  pings.begun();
  const report = await runReport(job, tools);
  await refuseIfTakenOver(job, tools.state);
  pings.ended(report);
  const isKept = await rememberRun(report, tools);
  await tell(job, report, tools);
  if (!isKept) await rememberRun(report, tools); // The queue was away, and is back.
}

/** A clean, and word of it. @throws {HandedBack} */
export async function handleClean(job: JobInHand<CleanJob>, tools: Tools): Promise<void> {
  await leaveToHolder(job.data.command.app, job.signal, tools);
  return inLog(`Clean of ${job.data.command.app}`, job, tools, async () => {
    const report = await cleanReport(job, tools);
    if (report.kind === 'cleaned') await rememberRun(report, tools);
    await tell(job, report, tools);
  });
}

/** A verification, and word of it. @throws {HandedBack} */
export async function handleVerify(job: JobInHand<VerifyJob>, tools: Tools): Promise<void> {
  await leaveToHolder(job.data.command.app, job.signal, tools);
  return inLog(`Verification of ${job.data.command.app}`, job, tools, async () => {
    const report = await verifyReport(job, tools);
    await rememberRun(report, tools);
    await tell(job, report, tools);
  });
}

/** A question, and its answer. */
export async function handleQuestion(job: JobInHand<QuestionJob>, tools: Tools): Promise<void> {
  for (const app of appsIn(job.data)) await leaveToHolder(app, job.signal, tools);
  await tell(job, await questionReport(job, tools), tools);
}

/** A run whose worker dies again and again takes its worker with it; the queue itself would hand it on for ever. */
const mostDeaths = 3;

function tooManyDeaths({ deaths }: JobInHand<RunJob>): string {
  return `The worker died ${deaths} times in the middle of this run, so it is not started again. Its log may say why; lack of memory is the usual reason.`;
}

// The four places where whatever goes wrong in a job ends: as a report.

async function runReport(job: JobInHand<RunJob>, tools: Tools): Promise<RunReport> {
  const startedAt = tools.clock();
  try {
    if (job.deaths >= mostDeaths) throw new RunRefused(tooManyDeaths(job));
    return await seeRunThrough(appOf(tools, job.data.command.app), job, tools);
  } catch (thrown) {
    if (thrown instanceof HandedBack || job.signal.aborted) throw thrown;
    const ending = { outcome: 'failed', reason: sentenceOf(thrown) } as const;
    return unstoredRun(job, { startedAt, finishedAt: tools.clock() }, ending);
  }
}

async function cleanReport(job: JobInHand<CleanJob>, tools: Tools): Promise<Report> {
  const { command, askedBy } = job.data;
  const startedAt = toInstant(tools.clock());
  try {
    return await cleanBackups(appOf(tools, command.app), job, tools);
  } catch (thrown) {
    if (thrown instanceof HandedBack || job.signal.aborted) throw thrown;
    logFailure(job.id, thrown, tools.log);
    const facts = {
      jobId: job.id,
      app: command.app,
      askedBy,
      startedAt,
      finishedAt: toInstant(tools.clock()),
    };
    return { kind: 'cleaned', ...facts, outcome: 'failed', reason: sentenceOf(thrown), places: [] };
  }
}

async function verifyReport(job: JobInHand<VerifyJob>, tools: Tools): Promise<VerifiedReport> {
  const { command, askedBy } = job.data;
  const startedAt = toInstant(tools.clock());
  try {
    return await verifyBackups(appOf(tools, command.app), job, tools);
  } catch (thrown) {
    if (thrown instanceof HandedBack || job.signal.aborted) throw thrown;
    logFailure(job.id, thrown, tools.log);
    const facts = { jobId: job.id, app: command.app, askedBy, startedAt };
    const ending = { outcome: 'failed', reason: sentenceOf(thrown) } as const;
    return { kind: 'verified', ...facts, finishedAt: toInstant(tools.clock()), ...ending, places: [] };
  }
}

async function questionReport(job: JobInHand<QuestionJob>, tools: Tools): Promise<Report> {
  try {
    return await answerOf(job.data, tools);
  } catch (thrown) {
    logFailure(job.id, thrown, tools.log);
    return { kind: 'trouble', doing: doing[job.data.question.about], reason: sentenceOf(thrown) };
  }
}

/** The command that asks it. */
const doing = { overview: 'list', backups: 'list', cleanup: 'clean', health: 'monitor' } as const;

function logFailure(jobId: string, thrown: unknown, log: Log): void {
  log.debug(`Job ${jobId} failed.`, { stack: thrown instanceof Error ? thrown.stack : undefined });
}

function answerOf({ question }: QuestionJob, tools: Tools): Promise<Report> {
  switch (question.about) {
    case 'overview':
      return listOverview(
        question.apps.map((name) => appOf(tools, name)),
        tools,
      );
    case 'backups':
      return listBackups(appOf(tools, question.app), tools);
    case 'health':
      return checkHealth(
        question.apps.map((name) => appOf(tools, name)),
        tools,
      );
    case 'cleanup':
      return planCleanupOf(appOf(tools, question.command.app), question.command, tools);
  }
}

function appsIn({ question }: QuestionJob): readonly string[] {
  if ('apps' in question) return question.apps;
  return [question.about === 'backups' ? question.app : question.command.app];
}

function appOf({ apps, group }: Tools, name: string): App {
  const app = apps.get(name);
  if (app !== undefined) return app;
  throw new Error(
    `The worker of group "${group}" has no app called ${name} in its holdfast.yml; the bot's file names it. Give both the same file.`,
  );
}
