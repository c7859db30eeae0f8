import { RunReport } from '../../src/domain/report.ts';

/** A run of shop that failed, with what a test wants to be different about it. */
export function failedRun(facts: Partial<RunReport> = {}): RunReport {
  return RunReport.parse({
    kind: 'run',
    runId: 'r_1',
    app: 'shop',
    backup: 'full',
    askedBy: { id: 'console:me', groups: [] },
    startedAt: '2026-11-22T03:15:00.000Z',
    finishedAt: '2026-11-22T03:16:00.000Z',
    outcome: 'failed',
    destinations: [],
    dumps: [],
    warnings: [],
    ...facts,
  });
}
