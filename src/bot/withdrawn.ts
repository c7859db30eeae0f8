import type { Instant } from '../domain/instant.ts';
import type { EndedWork } from '../domain/report.ts';
import type { Who } from '../domain/who.ts';
import { writeCommand } from '../domain/write-command.ts';
import type { RunJob } from '../queue/contracts.ts';
import type { InQueue } from './runs.ts';

/** The report of work that was cancelled before anybody began it. */
export function withdrawn(
  { id, data }: Pick<InQueue['job'], 'id' | 'data'>,
  by: Who,
  now: Instant,
): EndedWork {
  const ended = {
    ...{ askedBy: data.askedBy, startedAt: now, finishedAt: now },
    ...{ outcome: 'cancelled' as const, cancelledBy: by },
  };
  if (!isRun(data)) {
    const kind = data.command.verb === 'clean' ? 'cleaned' : 'verified';
    return { kind, jobId: id, app: data.command.app, ...ended, places: [] };
  }

  const { command, askedAt, retryOf } = data;
  return {
    ...{ kind: 'run', runId: id, app: command.app, backup: command.only ?? 'full', ...ended },
    ...{ askedAt, destinations: [], dumps: [], warnings: [], words: writeCommand(command) },
    ...(retryOf && { retryOf }),
  };
}

function isRun(data: InQueue['job']['data']): data is RunJob {
  return data.command.verb === 'run';
}
