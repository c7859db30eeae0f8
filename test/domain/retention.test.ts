import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { BackupKind } from '../../src/domain/backup.ts';
import { RetentionPolicy } from '../../src/domain/retention/registry.ts';
import { type PlanningContext, planCleanup } from '../../src/domain/retention.ts';
import vectors from '../vectors/retention.json' with { type: 'json' };

const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });
const context: PlanningContext = { now, zone: 'UTC' };
const mebibyte = 1024 ** 2;

describe('grandfather, father, son', () => {
  it.each(vectors.cases)('$id: $title', ({ now, timezone, policy, backups, expected_kept }) => {
    const listed = backups.map(({ path, date, size }) => backup(path, date, { sizeInBytes: size }));

    const { keep } = planCleanup(listed, policyOf(policy), { now: DateTime.fromISO(now), zone: timezone });

    expect(keysOf(keep).toSorted()).toEqual(expected_kept.toSorted());
  });

  it('says of every backup why it stays or goes', () => {
    const backups = [
      backup('new', '2026-11-22T02:00:00Z'),
      backup('of-the-week', '2026-11-20T02:00:00Z'),
      backup('late', '2026-11-10T22:00:00Z'),
      backup('early', '2026-11-10T02:00:00Z'),
      backup('week-41', '2026-10-08T02:00:00Z'),
      backup('july', '2026-07-31T02:00:00Z'),
      backup('last-year', '2025-12-31T02:00:00Z'),
      backup('ancient', '2019-01-01T02:00:00Z'),
    ];

    const { keep, remove } = planCleanup(backups, RetentionPolicy.parse({}), context);

    expect(reasonsOf(keep)).toEqual({
      new: 'the newest, which is never removed',
      'of-the-week': 'of the last 7 days',
      late: 'newest of day 2026-11-10',
      'week-41': 'newest of week 2026-W41',
      july: 'newest of month 2026-07',
      'last-year': 'newest of year 2025',
    });
    expect(reasonsOf(remove)).toEqual({
      early: 'not the newest of day 2026-11-10',
      ancient: 'older than every window',
    });
  });

  it('says so when a backup has to go for its size', () => {
    const backups = [
      backup('new', '2026-11-22T02:00:00Z', { sizeInBytes: 3_000 * mebibyte }),
      backup('old', '2026-11-21T02:00:00Z', { sizeInBytes: 2_001 * mebibyte }),
    ];

    const { remove } = planCleanup(backups, RetentionPolicy.parse({}), context);

    expect(reasonsOf(remove)).toEqual({ old: 'over 5,000 MB, oldest first' });
  });
});

describe('keepLast', () => {
  const policy = RetentionPolicy.parse({ strategy: 'keepLast', keepLast: 2 });

  it('keeps the last so many, the newest among them, however old they are', () => {
    const backups = [
      backup('first', '2001-01-01T00:00:00Z'),
      backup('third', '2003-01-01T00:00:00Z'),
      backup('second', '2002-01-01T00:00:00Z'),
    ];

    const { keep, remove } = planCleanup(backups, policy, context);

    expect(keysOf(keep)).toEqual(['third', 'second']);
    expect(reasonsOf(remove)).toEqual({ first: 'not one of the last 2 backups' });
  });
});

describe('what a clean-up can never do', () => {
  const strictest = RetentionPolicy.parse({
    strategy: 'keepLast',
    keepLast: 1,
    maximumStorageInMegabytes: 0,
  });

  it('removes the newest backup of no series, however old and large', () => {
    const backups = [
      backup('full', '2001-01-01T00:00:00Z', { sizeInBytes: 9_000 * mebibyte }),
      backup('db', '2000-01-01T00:00:00Z', { kind: 'db' }),
      backup('files', '1999-01-01T00:00:00Z', { kind: 'files' }),
      backup('older db', '1998-01-01T00:00:00Z', { kind: 'db' }),
    ];

    const { keep, remove } = planCleanup(backups, strictest, context);

    expect(keysOf(keep)).toEqual(['full', 'db', 'files']);
    expect(keysOf(remove)).toEqual(['older db']);
  });

  it('lets the partial backups of a day take the place of its full one', () => {
    const day = [
      backup('new', '2026-11-22T02:00:00Z'),
      backup('new db', '2026-11-22T02:00:00Z', { kind: 'db' }),
      backup('full', '2026-11-10T02:00:00Z'),
      backup('db', '2026-11-10T14:00:00Z', { kind: 'db' }),
    ];

    const { remove } = planCleanup(day, RetentionPolicy.parse({}), context);

    expect(remove).toEqual([]);
  });

  it('lets a backup dated in the future take a place or room: it stays, and is warned about', () => {
    const limited = RetentionPolicy.parse({ maximumStorageInMegabytes: 2 });
    const backups = [
      backup('future', '2036-01-01T00:00:00Z', { sizeInBytes: 50 * mebibyte }),
      backup('new', '2026-11-21T00:00:00Z', { sizeInBytes: mebibyte }),
      backup('old', '2026-11-20T00:00:00Z', { sizeInBytes: mebibyte }),
    ];

    const { keep, remove, warnings } = planCleanup(backups, limited, context);

    expect(reasonsOf(keep)).toEqual({
      future: 'dated in the future, so it is not counted',
      new: 'the newest, which is never removed',
      old: 'of the last 7 days',
    });
    expect(remove).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('future is dated in the future')]);
  });

  it('takes one for dated in the future that another clock, minutes ahead, has made just now', () => {
    const backups = [
      backup('ahead', now.plus({ minutes: 10 }).toISO() ?? ''),
      backup('behind', now.plus({ minutes: 5 }).toISO() ?? ''),
      backup('old', '2001-01-01T00:00:00Z'),
    ];
    const { keep, remove, warnings } = planCleanup(backups, strictest, context);

    expect(reasonsOf(keep)).toEqual({ ahead: 'the newest, which is never removed' });
    expect(keysOf(remove)).toEqual(['behind', 'old']);
    expect(warnings).toEqual([]);
  });

  it('removes what a download or a copy is reading', () => {
    const backups = [backup('new', '2026-11-22T00:00:00Z'), backup('read', '2001-01-01T00:00:00Z')];

    const { keep, remove } = planCleanup(backups, strictest, { ...context, beingRead: new Set(['read']) });

    expect(reasonsOf(keep).read).toBe('is being read right now, so it stays until the next time');
    expect(remove).toEqual([]);
  });

  it('removes what it remembers for newer ones that it does not, when nobody looks', () => {
    const ours = ['2026-11-19', '2026-11-20'].map((day) => backup(day, `${day}T02:00:00Z`));
    const forged = ['2026-11-21', '2026-11-22'].map((day) => backup(day, `${day}T02:00:00Z`));
    const remembered = new Set(ours.map(({ key }) => key));
    const lastTwo = RetentionPolicy.parse({ strategy: 'keepLast', keepLast: 2 });

    const nobody = planCleanup([...ours, ...forged], lastTwo, { ...context, unattended: true, remembered });
    const somebody = planCleanup([...ours, ...forged], lastTwo, { ...context, remembered });

    expect(nobody.remove).toEqual([]);
    expect(keysOf(somebody.remove)).toEqual(['2026-11-20', '2026-11-19']);
  });

  it('makes anything of an empty listing', () => {
    expect(planCleanup([], strictest, context)).toEqual({ keep: [], remove: [], warnings: [] });
  });
});

function backup(
  key: string,
  at: string,
  { kind = 'full', sizeInBytes = 1 }: { kind?: BackupKind; sizeInBytes?: number } = {},
) {
  return { key, kind, takenAt: DateTime.fromISO(at, { zone: 'utc' }), sizeInBytes };
}

function policyOf(policy: (typeof vectors.cases)[number]['policy']): RetentionPolicy {
  return RetentionPolicy.parse({
    keepAllForDays: policy.keep_all_backups_for_days,
    keepDailyForDays: policy.keep_daily_backups_for_days,
    keepWeeklyForWeeks: policy.keep_weekly_backups_for_weeks,
    keepMonthlyForMonths: policy.keep_monthly_backups_for_months,
    keepYearlyForYears: policy.keep_yearly_backups_for_years,
    maximumStorageInMegabytes: policy.delete_oldest_backups_when_using_more_megabytes_than,
  });
}

function keysOf(planned: readonly { backup: { key: string } }[]): string[] {
  return planned.map(({ backup: { key } }) => key);
}

function reasonsOf(planned: readonly { backup: { key: string }; reason: string }[]): Record<string, string> {
  return Object.fromEntries(planned.map(({ backup: { key }, reason }) => [key, reason]));
}
