import { execa } from 'execa';
import { describe, expect, it, vi } from 'vitest';
import { problemsOf } from '../../src/config/validate.ts';
import { PlanRequest } from '../../src/domain/retention/plan-request.ts';
import vectors from '../vectors/retention.json' with { type: 'json' };

vi.setConfig({ testTimeout: 60_000 }); // A program starts quickly, but not on every machine.

const policy = {
  keepAllForDays: 7,
  keepDailyForDays: 16,
  keepWeeklyForWeeks: 8,
  keepMonthlyForMonths: 4,
  keepYearlyForYears: 2,
  maximumStorageInMegabytes: null,
};

describe('holdfast plan', () => {
  it('answers a request with what stays and what goes, each with its reason', async () => {
    const request = {
      now: '2026-11-22T02:15:00Z',
      timezone: 'Europe/Brussels',
      policy,
      backups: [
        { key: 'any name at all', takenAt: '2026-11-22T03:00:00+01:00', sizeInBytes: 7 },
        { key: 'shop/2019-01-01-00-00-00.zip', takenAt: '2019-01-01T00:00:00Z', sizeInBytes: 7 },
      ],
    };

    const { stdout, exitCode } = await plan(JSON.stringify(request));

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      keep: [{ key: 'any name at all', reason: 'the newest, which is never removed' }],
      remove: [{ key: 'shop/2019-01-01-00-00-00.zip', reason: 'older than every window' }],
    });
  });

  it('takes a thousand days of backups, and keeps what the rules say', async () => {
    const { now, timezone, backups, expected_kept } =
      vectors.cases.find(({ id }) => id === 'u2-thousand-days') ?? expect.unreachable();
    const listed = backups.map(({ path, date, size }) => ({ key: path, takenAt: date, sizeInBytes: size }));

    const { stdout } = await plan(JSON.stringify({ now, timezone, policy, backups: listed }));

    const { keep, remove }: { keep: { key: string }[]; remove: { key: string }[] } = JSON.parse(stdout);
    expect(keep.map(({ key }) => key).toSorted()).toEqual(expected_kept.toSorted());
    expect(keep.length + remove.length).toBe(backups.length);
  });

  it('names everything that is wrong with a request at once, with its place', async () => {
    const request = {
      now: 'yesterday',
      timezone: 'Europe/Brusels',
      policy: { keepAllForDay: 7 },
      backups: [{ key: 1, takenAt: '2026-11-22T03:00:00Z', sizeInBytes: 1 }],
    };

    const { stdout, stderr, exitCode } = await plan(JSON.stringify(request));

    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toEqual([
      'request: now: Expected an instant with its offset, such as 2026-11-22T03:15:00Z.',
      'request: timezone: There is no time zone "Europe/Brusels". Did you mean "Europe/Brussels"?',
      'request: policy.keepAllForDay: There is no key "keepAllForDay" here. Did you mean "keepAllForDays"?',
      'request: backups[0].key: Expected a text, not 1.',
    ]);
  });

  it('names the strategies there are when one is not known', () => {
    const request = { now: '2026-11-22T02:15:00Z', policy: { strategy: 'everything' }, backups: [] };

    const problems = problemsOf(PlanRequest, request);

    expect(problems).toEqual([
      {
        path: ['policy', 'strategy'],
        message: '"everything" is not known here. There are grandfatherFatherSon, keepLast.',
      },
    ]);
  });

  it('says so when it is given no JSON', async () => {
    const { stderr, exitCode } = await plan('{ "now": ');

    expect(exitCode).toBe(2);
    expect(stderr).toContain('request: It is not JSON');
  });
});

function plan(input: string) {
  return execa('node', ['--import', 'tsx', 'src/cli.ts', 'plan'], { input, reject: false });
}
