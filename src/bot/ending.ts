import type { EndedWork, Report, ReportOf } from '../domain/report.ts';
import type { Who } from '../domain/who.ts';

type Cancel = ReportOf<'cancel'>;

/** How a run, a clean or a verification ended, for whoever wanted it cancelled. */
export type Ending = Pick<Cancel, 'runId' | 'doing' | 'app'> &
  Required<Pick<Cancel, 'outcome' | 'finishedAt'>> & { readonly cancelledBy?: Who };

export function endingOf(report: EndedWork): Ending {
  const { app, outcome, finishedAt, cancelledBy } = report;
  const ended = { app, outcome, finishedAt, ...(cancelledBy && { cancelledBy }) };
  if (report.kind === 'run') return { ...ended, doing: 'run', runId: report.runId };
  return { ...ended, doing: report.kind === 'cleaned' ? 'clean' : 'verify', runId: report.jobId };
}

/** What a report says of the end of the job it answers; none where it is not the end of one of them. */
export function endingIn(report: Report, jobId: string): Ending | undefined {
  if (report.kind === 'run' || report.kind === 'cleaned' || report.kind === 'verified')
    return endingOf(report);
  if (report.kind !== 'cleanup-plan' || report.insteadOf === undefined) return undefined;
  const { app, at } = report;
  return { runId: jobId, doing: 'clean', app, outcome: 'not-begun', finishedAt: at };
}
