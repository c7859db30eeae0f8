import { describe, expect, it } from 'vitest';
import type { Report } from '../src/domain/report.ts';
import { logReport } from '../src/log-report.ts';
import { failedRun } from './support/run-report.ts';

const work = {
  ...{ jobId: 'c_1', app: 'shop', askedBy: { id: 'console:me', groups: [] } },
  ...{ startedAt: '2026-11-22T03:15:00.000Z', finishedAt: '2026-11-22T03:16:00.000Z' },
};
const away = {
  reachable: false as const,
  destination: 'offsite',
  problem: 'It was not reached.',
  writeOnly: false,
};

describe('the log line of work that ended', () => {
  it.each<[Report, string, RegExp]>([
    [failedRun({ reason: 'No such file.' }), 'error', /^Backup of shop \(r_1\) failed: No such file\.$/],
    [failedRun({ outcome: 'stored' }), 'info', /^Backup of shop \(r_1\) is stored\.$/],
    [
      failedRun({
        outcome: 'partly',
        destinations: [{ outcome: 'failed', destination: 'offsite', reason: 'It was full.', refused: true }],
      }),
      'warn',
      /only partly: offsite: It was full\.$/,
    ],
    [
      failedRun({ outcome: 'cancelled', cancelledBy: { id: 'slack:T1/U1', groups: [] } }),
      'warn',
      /^Backup of shop \(r_1\) was cancelled by slack:T1\/U1\.$/,
    ],
    [
      { kind: 'cleaned', ...work, outcome: 'cleaned', places: [] },
      'info',
      /^Clean of shop \(c_1\) is done\.$/,
    ],
    [
      { kind: 'cleaned', ...work, outcome: 'partly', places: [away] },
      'warn',
      /offsite: It was not reached\.$/,
    ],
    [
      { kind: 'cleaned', ...work, outcome: 'failed', reason: 'Refused.', places: [] },
      'error',
      /failed: Refused\.$/,
    ],
    [{ kind: 'verified', ...work, outcome: 'whole', places: [] }, 'info', /^Verification of shop/],
    [{ kind: 'verified', ...work, outcome: 'differs', places: [] }, 'error', /not what was stored\.$/],
    [
      { kind: 'verified', ...work, outcome: 'unknown', places: [away] },
      'warn',
      /offsite: It was not reached\.$/,
    ],
    [
      {
        kind: 'missed',
        app: 'shop',
        chore: 'run',
        due: ['2026-11-22T03:15:00.000Z'],
        at: '2026-11-22T09:15:00.000Z',
      },
      'warn',
      /^The run of shop was missed, due at 2026-11-22T03:15/,
    ],
    [{ kind: 'trouble', doing: 'monitor', reason: 'It broke.' }, 'error', /could not be done: It broke\.$/],
  ])('of %o is as grave as it is, and says why', (report, level, sentence) => {
    const [line, ...more] = linesOf(report);

    expect(line).toMatchObject({ level, sentence: expect.stringMatching(sentence) });
    expect(more).toEqual([]);
  });

  it('has the outcome, the app and the id for machines', () => {
    expect(linesOf(failedRun({ reason: 'No such file.' }))[0]?.facts).toEqual({
      ...{ app: 'shop', id: 'r_1', outcome: 'failed', reason: 'No such file.' },
    });
  });

  it('is not written for an answer', () => {
    expect(linesOf({ kind: 'help', verbs: [], apps: [] })).toEqual([]);
  });
});

function linesOf(report: Report) {
  const lines: { level: string; sentence: string; facts: object | undefined }[] = [];
  const at = (level: string) => (sentence: string, facts?: object) =>
    void lines.push({ level, sentence, facts });
  logReport(report, { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
  return lines;
}
