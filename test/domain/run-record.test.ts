import { expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report.ts';
import { endedFailures, type RunRecord } from '../../src/domain/run-record.ts';
import { failedRun } from '../support/run-report.ts';

/** One a letter, the newest last: stored, failed, partly, cancelled. */
function records(outcomes: string): RunRecord[] {
  const names = { s: 'stored', f: 'failed', p: 'partly', c: 'cancelled' } as const;
  return [...outcomes].map((letter, at) => ({
    runId: `r_${at}`,
    outcome: names[letter as keyof typeof names],
    finishedAt: `2026-11-2${at}T02:00:00.000Z`,
    seconds: 1,
  }));
}

const stored: RunReport = failedRun({ outcome: 'stored', runId: 'r_now' });

it.each([
  ['', undefined],
  ['fs', undefined],
  ['sf', { failures: 1, since: '2026-11-21T02:00:00.000Z' }],
  ['fsfpcf', { failures: 3, since: '2026-11-22T02:00:00.000Z' }],
  ['sc', undefined],
])('a run that is stored after %j ends %j', (outcomes, ended) => {
  expect(endedFailures(stored, records(outcomes))).toEqual(ended);
});

it('a run ends nothing while it is not stored everywhere, nor by its own record', () => {
  expect(endedFailures({ ...stored, outcome: 'partly' }, records('f'))).toBeUndefined();
  expect(endedFailures({ ...stored, runId: 'r_0' }, records('f'))).toBeUndefined();
});
