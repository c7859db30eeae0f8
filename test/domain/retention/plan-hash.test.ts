import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { planHash } from '../../../src/domain/retention/plan-hash.ts';
import { RetentionPolicy } from '../../../src/domain/retention/registry.ts';
import { planCleanup } from '../../../src/domain/retention.ts';

const policy = RetentionPolicy.parse({});
const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });
const listing = ['2026-11-22', '2026-11-21', '2019-01-01', '2018-01-01'];

describe('the hash of a clean-up plan', () => {
  it('is the same for the same listing in another order, a little later', () => {
    const later = now.plus({ minutes: 5 });

    expect(hashOf(listing.toReversed(), later)).toBe(hashOf(listing));
  });

  it.each([
    ['a backup has come', [...listing, '2017-01-01']],
    ['a backup that was to go is gone', listing.slice(0, -1)],
    ['a backup that was to stay is gone', listing.filter((day) => day !== '2026-11-21')],
  ])('is another when %s', (_, changed) => {
    expect(hashOf(changed)).not.toBe(hashOf(listing));
  });

  it('is another when the same backups stay that would have gone', () => {
    const keepAll = RetentionPolicy.parse({ keepAllForDays: 10_000 });
    const generous = planCleanup(listing.map(backup), keepAll, { now, zone: 'UTC' });

    expect(planHash(generous)).not.toBe(hashOf(listing));
  });

  it('fits into a button', () => {
    expect(hashOf(listing)).toMatch(/^[0-9a-z]{11}$/);
  });
});

function hashOf(days: readonly string[], at = now): string {
  return planHash(planCleanup(days.map(backup), policy, { now: at, zone: 'UTC' }));
}

function backup(day: string) {
  const takenAt = DateTime.fromISO(day, { zone: 'utc' });
  return { key: `shop/${day}-00-00-00.zip`, kind: 'full' as const, takenAt, sizeInBytes: 1 };
}
