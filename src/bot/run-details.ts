import type { CleanedReport } from '../domain/cleanup-report.ts';
import { toInstant } from '../domain/instant.ts';
import type { ReportOf } from '../domain/report.ts';
import type { Answering } from './answering.ts';
import { endedRun, unfinishedRun } from './runs.ts';
import { asUnfinished } from './status.ts';

/** All that is known of one run or clean, while it goes on and after its end. */
export async function runDetails(
  runId: string,
  tools: Answering,
): Promise<ReportOf<'details'> | CleanedReport> {
  const at = toInstant(tools.clock());
  const unfinished = await unfinishedRun(runId, tools);
  if (unfinished !== undefined) return { kind: 'details', at, run: asUnfinished(unfinished.job) };

  const report = await endedRun(runId, tools.state);
  if (report?.kind === 'cleaned') return report;
  if (report !== undefined) return { kind: 'details', at, run: { state: 'ended', report } };
  throw new Error(`${runId} ended in this moment; ask again.`);
}
