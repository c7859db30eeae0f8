import { toInstant } from '../domain/instant.ts';
import type { EndedWork, ReportOf } from '../domain/report.ts';
import type { Answering } from './answering.ts';
import { endedRun, unfinishedRun } from './runs.ts';
import { asUnfinished } from './status.ts';

/** All that is known of one run, clean or verification, while it goes on and after its end. */
export async function runDetails(runId: string, tools: Answering): Promise<ReportOf<'details'> | EndedWork> {
  const at = toInstant(tools.clock());
  const unfinished = await unfinishedRun(runId, tools);
  if (unfinished !== undefined) return { kind: 'details', at, run: asUnfinished(unfinished.job) };

  const report = await endedRun(runId, tools.state);
  if (report?.kind === 'run') return { kind: 'details', at, run: { state: 'ended', report } };
  if (report !== undefined) return report;
  throw new Error(`${runId} ended in this moment; ask again.`);
}
