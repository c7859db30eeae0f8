import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Backup, BackupKind } from '../../src/domain/backup.ts';
import { backupKey } from '../../src/domain/backup-key.ts';
import { dueToVerify } from '../../src/domain/due-to-verify.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { type VerifyMemory, withVerified } from '../../src/domain/verify-memory.ts';

const start = DateTime.fromISO('2026-11-22T02:00:00Z', { zone: 'utc' });

function backup(daysAgo: number, { kind = 'full' as BackupKind, sizeInBytes = 1000 } = {}): Backup {
  const takenAt = start.minus({ days: daysAgo });
  return { key: backupKey({ app: 'shop', kind, takenAt }), app: 'shop', kind, takenAt, sizeInBytes };
}

/** All of `due` was read whole so many days after the start. */
function afterReading(memory: VerifyMemory, due: readonly Backup[], there: readonly Backup[], day: number) {
  const verified = due.map(({ key, kind, sizeInBytes }) => {
    return { key, backup: kind, takenAt: toInstant(start), sizeInBytes, found: 'whole' as const };
  });
  const at = toInstant(start.plus({ days: day }));
  return withVerified(memory, verified, { there: there.map(({ key }) => key), at });
}

describe('what is due to be read back', () => {
  it('is the newest of each kind, and those that were left unread for longest', () => {
    const backups = [0, 1, 2, 3, 4, 5].map((day) => backup(day));
    const files = backup(9, { kind: 'files' });
    const memory = afterReading(
      {},
      [backups[5], backups[4]].flatMap((each) => each ?? []),
      backups,
      0,
    );

    const due = dueToVerify([...backups, files], memory, 5);

    expect(due).toEqual([backups[0], files, backups[3]]);
  });

  it('is at least one of the old ones, however large it is', () => {
    const large = backup(2, { sizeInBytes: 1_000_000 });

    expect(dueToVerify([backup(0), backup(1), large], {}, 30)).toContain(large);
  });

  it('is nothing where there is nothing', () => {
    expect(dueToVerify([], {}, 30)).toEqual([]);
  });

  it('is all of it, where it has to be done in one go', () => {
    const backups = [0, 1, 2].map((day) => backup(day));

    expect(dueToVerify(backups, {}, 1)).toHaveLength(3);
    expect(dueToVerify(backups, {}, 0)).toHaveLength(3);
  });

  it('comes to every backup in time, and to about as many bytes each time', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 80 });
    const times = fc.integer({ min: 1, max: 40 });

    fc.assert(
      fc.property(sizes, times, (all, count) => {
        const backups = all.map((sizeInBytes, at) => backup(at, { sizeInBytes }));
        const shareInBytes = all.slice(1).reduce((total, size) => total + size, 0) / count;
        let memory: VerifyMemory = {};

        for (let day = 0; day < count; day++) {
          const due = dueToVerify(backups, memory, count);
          const beforeTheLast = due.slice(1, -1).reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
          expect(beforeTheLast).toBeLessThanOrEqual(shareInBytes);
          memory = afterReading(memory, due, backups, day);
        }

        expect(Object.keys(memory)).toHaveLength(backups.length);
      }),
    );
  });
});
