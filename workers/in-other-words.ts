import type { Report, RunReport } from '../src/domain/report.ts';

/** A report without the words that the queue refused: how the work ended, and why the rest is missing. */
export function inOtherWords(report: Report, refusal: string): Report {
  const reason = `The details could not be sent. ${refusal}`;
  if (report.kind === 'run') return shortRun(report, reason);
  if (report.kind === 'cleaned' || report.kind === 'verified') return { ...report, reason, places: [] };
  return { kind: 'trouble', doing: report.kind, reason };
}

function shortRun(report: RunReport, reason: string): RunReport {
  const { steps: _, reason: __, ...facts } = report;
  const why = report.outcome === 'failed' ? { reason } : {};
  return { ...facts, ...why, destinations: [], dumps: [], warnings: [reason] };
}
