import { describe, expect, it } from 'vitest';
import { workerPart } from '../../src/config/parts.ts';
import { complaintsOf, configFrom, rightConfig } from './config-file.ts';

const env = { REDIS_URL: 'redis://queue', SHOP_DB_PASSWORD: 's3cr3t' };

const keptAs = (lines: string) => {
  const shop = workerPart(configFrom(`${rightConfig}${lines}`, env), 'default').apps.shop;
  return { keep: shop?.keep, disk: shop?.keepAt.disk };
};
const complaints = (lines: string) => complaintsOf(() => configFrom(`${rightConfig}${lines}`, env));

describe('which backups of an app stay', () => {
  it('is decided without a word: seven days, then ever fewer, and 5,000 MB', () => {
    expect(keptAs('').keep).toEqual({
      keepAllForDays: 7,
      keepDailyForDays: 16,
      keepWeeklyForWeeks: 8,
      keepMonthlyForMonths: 4,
      keepYearlyForYears: 2,
      maximumStorageInMegabytes: 5_000,
    });
  });

  it('is what an app says, and what is different at a destination', () => {
    const { keep, disk } = keptAs(`    keep: { keepAllForDays: 3, maximumStorageInMegabytes: null }
    keepAt: { disk: { keepYearlyForYears: 10 } }
`);

    expect(keep).toMatchObject({ keepAllForDays: 3, keepYearlyForYears: 2, maximumStorageInMegabytes: null });
    expect(disk).toMatchObject({
      keepAllForDays: 3,
      keepYearlyForYears: 10,
      maximumStorageInMegabytes: null,
    });
  });

  it('shares only its storage with a destination of another strategy', () => {
    const { disk } = keptAs(`    keep: { keepAllForDays: 3, maximumStorageInMegabytes: 70 }
    keepAt: { disk: { strategy: keepLast, keepLast: 5 } }
`);

    expect(disk).toEqual({ strategy: 'keepLast', keepLast: 5, maximumStorageInMegabytes: 70 });
  });

  it('has its strategy from the app where a destination names none', () => {
    const { disk } = keptAs(`    keep: { strategy: keepLast, keepLast: 5 }
    keepAt: { disk: { keepLast: 50 } }
`);

    expect(disk).toEqual({ strategy: 'keepLast', keepLast: 50, maximumStorageInMegabytes: 5_000 });
  });

  it('is refused when it would keep nothing but the newest', () => {
    const nothing =
      '{ keepAllForDays: 0, keepDailyForDays: 0, keepWeeklyForWeeks: 0, keepMonthlyForMonths: 0, keepYearlyForYears: 0 }';

    expect(complaints(`    keep: ${nothing}\n`)).toEqual([
      expect.stringMatching(
        /^holdfast\.yml:11: apps\.shop\.keep: This keeps nothing but the newest backup: .* leave a key out for its default\.$/,
      ),
    ]);
    expect(complaints('    keepAt: { disk: { maximumStorageInMegabytes: 0 } }\n')).toEqual([
      expect.stringContaining('apps.shop.keepAt.disk: This keeps nothing but the newest backup'),
    ]);
  });

  it('says once what is wrong with it, and where', () => {
    expect(
      complaints('    keep: { keepAlForDays: 3 }\n    keepAt: { dsik: { keepLast: 3 }, disk: [] }\n'),
    ).toEqual([
      'holdfast.yml:11: apps.shop.keep.keepAlForDays: There is no key "keepAlForDays" here. Did you mean "keepAllForDays"?',
      expect.stringMatching(
        /^holdfast\.yml:12: apps\.shop\.keepAt\.dsik\.keepLast: There is no key "keepLast"/,
      ),
      expect.stringMatching(/^holdfast\.yml:12: apps\.shop\.keepAt\.disk: /),
      'holdfast.yml:12: apps.shop.keepAt.dsik: shop does not go to a destination "dsik". Did you mean "disk"?',
    ]);
  });
});
