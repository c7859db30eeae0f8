import type { CleanedReport } from '../domain/cleanup-report.ts';
import type { Report, ReportOf, RunReport } from '../domain/report.ts';
import type { Who } from '../domain/who.ts';

type Cancel = ReportOf<'cancel'>;

/** How a run or a clean ended, for whoever wanted it cancelled. */
export type Ending = Pick<Cancel, 'runId' | 'doing' | 'app'> &
  Required<Pick<Cancel, 'outcome' | 'finishedAt'>> & { readonly cancelledBy?: Who };

export function endingOf(report: RunReport | CleanedReport): Ending {
  const { app, outcome, finishedAt, cancelledBy } = report;
  const ended = { app, outcome, finishedAt, ...(cancelledBy && { cancelledBy }) };
  return report.kind === 'run'
    ? { ...ended, doing: 'run', runId: report.runId }
    : { ...ended, doing: 'clean', runId: report.jobId };
}

/** What a report says of the end of the job it answers; none where it is not the end of a run or a clean. */
export function endingIn(report: Report, jobId: string): Ending | undefined {
  if (report.kind === 'run' || report.kind === 'cleaned') return endingOf(report);
  if (report.kind !== 'cleanup-plan' || report.insteadOf === undefined) return undefined;
  const { app, at } = report;
  return { runId: jobId, doing: 'clean', app, outcome: 'not-begun', finishedAt: at };
}
