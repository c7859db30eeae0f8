import { DateTime, type DurationLike } from 'luxon';
import { z } from 'zod';
import { strict } from '../strict.ts';
import { humanCount } from '../units.ts';
import { maximumStorageInMegabytes } from './storage-limit.ts';
import { goes, type Strategy, stays, type Verdict } from './strategy.ts';

/** Long enough for a century of anything, and for calendars still to count back. */
const span = z.int().nonnegative().max(100_000);

/** Windows that follow one another, each where the one before it ends; 0 leaves one out. */
export const GrandfatherFatherSon = strict({
  strategy: z
    .literal('grandfatherFatherSon')
    .optional()
    .describe('The older, the fewer: windows that follow one another, back from now.'),
  keepAllForDays: span.default(7).describe('Every backup of so many days stays.'),
  keepDailyForDays: span.default(16).describe('Then the newest of each day, for so many days more.'),
  keepWeeklyForWeeks: span.default(8).describe('Then the newest of each week, for so many weeks more.'),
  keepMonthlyForMonths: span.default(4).describe('Then the newest of each month, for so many months more.'),
  keepYearlyForYears: span.default(2).describe('Then the newest of each year, for so many years more.'),
  maximumStorageInMegabytes,
});
export type GrandfatherFatherSon = z.infer<typeof GrandfatherFatherSon>;

/** Everything for some days, then the newest of each day, ISO week, month and year; what is older than that goes. */
export function grandfatherFatherSon(policy: GrandfatherFatherSon): Strategy {
  return {
    judge(series, now) {
      const windows = windowsBefore(now, policy);
      let group = nothingYet;
      return series.map((backup) => {
        const isNewest = backup.at < group.from;
        if (isNewest) group = groupAt(DateTime.fromMillis(backup.at, { zone: now.zone }), windows);
        return [backup, isNewest ? group.newest : group.others];
      });
    },
  };
}

/** The backups of one window, or of one calendar period inside it. */
interface Group {
  /** Its oldest instant, in milliseconds; it belongs to the group. */
  readonly from: number;
  readonly newest: Verdict;
  readonly others: Verdict;
}

/** `from` is its oldest instant, in milliseconds, which belongs to it and not to the next, older window. */
type Window =
  | { readonly from: number; readonly all: string }
  | { readonly from: number; readonly each: Period };

type Period = 'day' | 'week' | 'month' | 'year';

const nothingYet: Group = { from: Number.POSITIVE_INFINITY, newest: goes(''), others: goes('') };

const tooOld = goes('older than every window');

const periodNames: Record<Period, string> = {
  day: 'yyyy-MM-dd',
  week: "kkkk-'W'WW",
  month: 'yyyy-MM',
  year: 'yyyy',
};

function windowsBefore(now: DateTime, policy: GrandfatherFatherSon): Window[] {
  const allUntil = now.minus({ days: policy.keepAllForDays });
  let from = allUntil;
  const window = (each: Period, length: DurationLike): Window => {
    from = from.minus(length);
    return { from: from.toMillis(), each };
  };
  return [
    // A backup of exactly seven days is no longer of the last seven days: it competes for its day.
    { from: allUntil.toMillis() + 1, all: `of the last ${humanCount(policy.keepAllForDays, 'day')}` },
    window('day', { days: policy.keepDailyForDays }),
    window('week', { weeks: policy.keepWeeklyForWeeks }),
    window('month', { months: policy.keepMonthlyForMonths }),
    window('year', { years: policy.keepYearlyForYears }),
  ];
}

function groupAt(takenAt: DateTime, windows: readonly Window[]): Group {
  const window = windows.find(({ from }) => takenAt.toMillis() >= from);
  if (window === undefined) return { from: Number.NEGATIVE_INFINITY, newest: tooOld, others: tooOld };
  if ('all' in window) return { from: window.from, newest: stays(window.all), others: stays(window.all) };

  const { from, each } = window;
  const period = `${each} ${takenAt.toFormat(periodNames[each])}`;
  return {
    from: Math.max(from, takenAt.startOf(each).toMillis()),
    newest: stays(`newest of ${period}`),
    others: goes(`not the newest of ${period}`),
  };
}
