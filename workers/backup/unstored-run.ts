import { hostname } from 'node:os';
import type { DateTime } from 'luxon';
import { toInstant } from '../../src/domain/instant.ts';
import type { RunReport } from '../../src/domain/report.ts';
import { writeCommand } from '../../src/domain/write-command.ts';
import type { RunJob } from '../../src/queue/contracts.ts';
import type { JobInHand } from '../../src/queue/queue.ts';

interface Times {
  readonly startedAt: DateTime;
  readonly finishedAt: DateTime;
}

/** The report on a run that has stored nothing. */
export function unstoredRun(
  job: JobInHand<RunJob>,
  { startedAt, finishedAt }: Times,
  ending: Pick<RunReport, 'outcome' | 'reason' | 'cancelledBy'> & Partial<Pick<RunReport, 'warnings'>>,
): RunReport {
  const { command, askedBy } = job.data;
  return {
    kind: 'run',
    runId: job.id,
    app: command.app,
    backup: command.only ?? 'full',
    askedBy,
    startedAt: toInstant(startedAt),
    finishedAt: toInstant(finishedAt),
    destinations: [],
    dumps: [],
    warnings: [],
    ...ending,
    ...factsOf(job),
  };
}

/** What every report on a run says of it, however it ended. */
export function factsOf({
  data,
  attempt,
}: JobInHand<RunJob>): Pick<RunReport, 'words' | 'askedAt' | 'attempt' | 'host' | 'retryOf'> {
  const { command, askedAt, retryOf } = data;
  const retries = retryOf === undefined ? {} : { retryOf };
  return { words: writeCommand(command), askedAt, attempt, host: hostname(), ...retries };
}
