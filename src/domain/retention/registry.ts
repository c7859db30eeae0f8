import { z } from 'zod';
import { GrandfatherFatherSon, grandfatherFatherSon } from './grandfather-father-son.ts';
import { KeepLast, keepLast } from './keep-last.ts';
import type { Strategy } from './strategy.ts';

/** Which backups stay, in the words of the configuration. Any policy at all, to try one out. */
export const RetentionPolicy = z.discriminatedUnion('strategy', [GrandfatherFatherSon, KeepLast]);
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

/** A policy to clean by: one that would keep nothing but the newest is a slip, and is refused. */
export const ConfiguredRetention = RetentionPolicy.refine(keepsMoreThanTheNewest, {
  error:
    'This keeps nothing but the newest backup: every window is 0, or the storage is. Keep something longer, or leave a key out for its default.',
});

export function strategyFor(policy: RetentionPolicy): Strategy {
  switch (policy.strategy) {
    case undefined:
    case 'grandfatherFatherSon':
      return grandfatherFatherSon(policy);
    case 'keepLast':
      return keepLast(policy);
  }
}

function keepsMoreThanTheNewest(policy: RetentionPolicy): boolean {
  if (policy.maximumStorageInMegabytes === 0) return false;
  if (policy.strategy === 'keepLast') return true;
  const { keepAllForDays, keepDailyForDays, keepWeeklyForWeeks, keepMonthlyForMonths, keepYearlyForYears } =
    policy;
  return (
    keepAllForDays + keepDailyForDays + keepWeeklyForWeeks + keepMonthlyForMonths + keepYearlyForYears > 0
  );
}
