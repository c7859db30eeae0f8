import type { DateTime } from 'luxon';
import type { RunReport } from '../src/domain/report.ts';
import { sentenceOf } from '../src/log.ts';
import type { RunJob } from '../src/queue/contracts.ts';
import { HandedBack, type JobInHand } from '../src/queue/queue.ts';
import type { App } from './app.ts';
import { leaveNothing } from './backup/leave-nothing.ts';
import { keepSteps } from './backup/steps.ts';
import { factsOf, unstoredRun } from './backup/unstored-run.ts';
import { RunTooLong, watchRun } from './backup/watch-run.ts';
import { runBackup } from './run-backup.ts';
import type { Tools } from './tools.ts';
import { Cancelled } from './watch-cancel.ts';

/**
 * Does a run to its end, or to the end that something else puts to it: whoever cancels it, the time it may take, or the
 * worker that stops.
 * @throws {HandedBack} when the worker stops before the run has ended; another one goes on with it.
 */
export async function seeRunThrough(app: App, job: JobInHand<RunJob>, tools: Tools): Promise<RunReport> {
  const startedAt = tools.clock();
  const steps = keepSteps(job.progress, tools.clock);
  const watch = await watchRun(
    {
      runId: job.id,
      app: app.name,
      maxDurationInMs: app.maxDurationInMs,
      signals: [job.signal, tools.stopping],
    },
    tools,
  );
  const watched = { ...job, progress: steps.progress, signal: watch.signal };

  try {
    const report = await toItsEnd(app, watched, tools);
    const isEndedEarly = watch.signal.aborted && report.outcome !== 'stored';
    const ended = isEndedEarly ? await endEarly(app, watched, startedAt, tools) : report;
    return { ...ended, ...factsOf(job), steps: steps.ended() };
  } finally {
    watch.close();
  }
}

async function toItsEnd(app: App, job: JobInHand<RunJob>, tools: Tools): Promise<RunReport> {
  const startedAt = tools.clock();
  try {
    return await runBackup(app, job, tools);
  } catch (thrown) {
    if (thrown instanceof HandedBack) throw thrown;
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    tools.log.debug(`Run ${job.id} failed.`, { stack });
    const ending = { outcome: 'failed', reason: sentenceOf(thrown) } as const;
    return unstoredRun(job, { startedAt, finishedAt: tools.clock() }, ending);
  }
}

/** Leaves nothing behind, but for a run that another worker goes on with. */
async function endEarly(
  app: App,
  job: JobInHand<RunJob>,
  startedAt: DateTime,
  { clock, state }: Tools,
): Promise<RunReport> {
  const why: unknown = job.signal.reason;
  if (!(why instanceof Cancelled || why instanceof RunTooLong))
    throw why instanceof Error ? why : new Error(String(why));

  const { to } = job.data.command;
  const destinations = app.destinations.filter(({ name }) => to.length === 0 || to.includes(name));
  const warnings = await leaveNothing(job.id, destinations, state);
  const ending =
    why instanceof Cancelled
      ? ({ outcome: 'cancelled', cancelledBy: why.by, warnings } as const)
      : ({ outcome: 'failed', reason: why.message, warnings } as const);
  return unstoredRun(job, { startedAt, finishedAt: clock() }, ending);
}
