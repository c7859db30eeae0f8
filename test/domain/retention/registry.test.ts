import { describe, expect, it } from 'vitest';
import { ConfiguredRetention } from '../../../src/domain/retention/registry.ts';

const nothing = {
  keepAllForDays: 0,
  keepDailyForDays: 0,
  keepWeeklyForWeeks: 0,
  keepMonthlyForMonths: 0,
  keepYearlyForYears: 0,
};

describe('a configured retention policy', () => {
  it('keeps everything for a week, then ever fewer, when nothing is said', () => {
    const policy = ConfiguredRetention.parse({});

    expect(policy).toEqual({
      keepAllForDays: 7,
      keepDailyForDays: 16,
      keepWeeklyForWeeks: 8,
      keepMonthlyForMonths: 4,
      keepYearlyForYears: 2,
      maximumStorageInMegabytes: 5_000,
    });
  });

  it.each([
    ['every window is 0', nothing],
    ['there is no room', { maximumStorageInMegabytes: 0 }],
    ['there is no room for the last ones', { strategy: 'keepLast', maximumStorageInMegabytes: 0 }],
    ['the last none stay', { strategy: 'keepLast', keepLast: 0 }],
  ])('is refused when it would remove everything: %s', (_, policy) => {
    expect(ConfiguredRetention.safeParse(policy).success).toBe(false);
  });

  it.each([
    ['one window', { ...nothing, keepYearlyForYears: 1 }],
    ['no limit of size', { maximumStorageInMegabytes: null }],
    ['another strategy', { strategy: 'keepLast', keepLast: 3 }],
  ])('is taken with %s', (_, policy) => {
    expect(ConfiguredRetention.safeParse(policy).success).toBe(true);
  });
});
