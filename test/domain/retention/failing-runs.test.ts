import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { RetentionPolicy } from '../../../src/domain/retention/registry.ts';
import { planCleanup } from '../../../src/domain/retention.ts';

const policies = [
  ['the default policy', {}],
  ['a tight limit of size', { maximumStorageInMegabytes: 20 }],
  ['the last ten', { strategy: 'keepLast', keepLast: 10 }],
] as const;

describe('thirty days of failing runs, cleaned every night', () => {
  it.each(policies)('never have fewer good copies, with %s', (_, policy) => {
    const lastGood = DateTime.fromISO('2026-10-20T02:00:00', { zone: 'Europe/Brussels' });
    let backups = nightsUpTo(lastGood, 900);
    backups = cleaned(backups, policy, lastGood.plus({ minutes: 10 }));
    const good = backups.length;

    for (let night = 1; night <= 30; night++) {
      backups = cleaned(backups, policy, lastGood.plus({ days: night, minutes: 10 }));
    }

    expect(good).toBeGreaterThan(9);
    expect(backups).toHaveLength(good);
  });

  it('are caught up with once a run succeeds again', () => {
    const lastGood = DateTime.fromISO('2026-10-20T02:00:00', { zone: 'Europe/Brussels' });
    const recovered = lastGood.plus({ days: 31 });
    const kept = cleaned(nightsUpTo(lastGood, 900), {}, lastGood);

    const after = cleaned([...nightsUpTo(recovered, 1), ...kept], {}, recovered);

    expect(after.length).toBeLessThan(kept.length);
  });
});

function cleaned(backups: ReturnType<typeof nightsUpTo>, policy: object, now: DateTime) {
  const context = { now, zone: 'Europe/Brussels', unattended: true };
  return planCleanup(backups, RetentionPolicy.parse(policy), context).keep.map(({ backup }) => backup);
}

function nightsUpTo(last: DateTime, count: number) {
  return Array.from({ length: count }, (_, night) => {
    const takenAt = last.minus({ days: night });
    return { key: `${takenAt.toISO()}`, kind: 'full' as const, takenAt, sizeInBytes: 2 * 1024 ** 2 };
  });
}
