import type { CleanedReport } from '../domain/cleanup-report.ts';
import type { Instant } from '../domain/instant.ts';
import type { RunReport } from '../domain/report.ts';
import type { Who } from '../domain/who.ts';
import { writeCommand } from '../domain/write-command.ts';
import type { CleanJob, RunJob } from '../queue/contracts.ts';
import type { InQueue } from './runs.ts';

/** The report of a run or a clean that was cancelled before anybody began it. */
export function withdrawn(
  { id, data }: Pick<InQueue['job'], 'id' | 'data'>,
  by: Who,
  now: Instant,
): RunReport | CleanedReport {
  const ended = {
    ...{ askedBy: data.askedBy, startedAt: now, finishedAt: now },
    ...{ outcome: 'cancelled' as const, cancelledBy: by },
  };
  if (isClean(data)) return { kind: 'cleaned', jobId: id, app: data.command.app, ...ended, places: [] };

  const { command, askedAt, retryOf } = data;
  return {
    ...{ kind: 'run', runId: id, app: command.app, backup: command.only ?? 'full', ...ended },
    ...{ askedAt, destinations: [], dumps: [], warnings: [], words: writeCommand(command) },
    ...(retryOf && { retryOf }),
  };
}

function isClean(data: RunJob | CleanJob): data is CleanJob {
  return data.command.verb === 'clean';
}
