import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../src/domain/instant.ts';
import type { Progress } from '../../../src/domain/report.ts';
import { keepSteps } from '../../../workers/backup/steps.ts';

const start = DateTime.fromISO('2026-11-22T03:15:00Z', { zone: 'utc' });

describe('the steps of a run', () => {
  it('are told with how long each took and what it read, the last one as far as it has come', () => {
    const passedOn: object[] = [];
    let now = start;
    const steps = keepSteps(
      (facts) => passedOn.push(facts),
      () => now,
    );

    for (const [seconds, step, subject, read] of [
      [1, 'dumping', 'mysql shop', 0],
      [3, 'dumping', 'mysql shop', 700],
      [4, 'dumping', 'mysql blog', 800],
      [6, 'files', undefined, 1000],
    ] as const) {
      now = start.plus({ seconds });
      steps.progress(
        progress({ step, ...(subject && { subject }), contentInBytes: read, at: toInstant(now) }),
      );
    }
    now = start.plus({ seconds: 10 });

    expect(steps.ended()).toEqual([
      { step: 'starting', startedAt: at(0), seconds: 1, contentInBytes: 0 },
      { step: 'dumping', subject: 'mysql shop', startedAt: at(1), seconds: 3, contentInBytes: 800 },
      { step: 'dumping', subject: 'mysql blog', startedAt: at(4), seconds: 2, contentInBytes: 200 },
      { step: 'files', startedAt: at(6), seconds: 4, contentInBytes: 0 },
    ]);
    expect(passedOn[1]).toMatchObject({
      contentInBytes: 700,
      steps: [
        { step: 'starting', seconds: 1 },
        { step: 'dumping', contentInBytes: 700 },
      ],
    });
  });
});

function progress(facts: Pick<Progress, 'step' | 'subject' | 'contentInBytes' | 'at'>): Progress {
  return { app: 'shop', archiveInBytes: 0, entries: 0, startedAt: toInstant(start), ...facts };
}

function at(seconds: number): string {
  return toInstant(start.plus({ seconds }));
}
