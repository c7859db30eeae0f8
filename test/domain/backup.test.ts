import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { newestFirst } from '../../src/domain/backup.ts';

it('backups are told newest first, whatever zone their instants are in, and the list given stays as it is', () => {
  const backups = ['2026-01-01T00:00:00Z', '2026-01-01T01:30:00+02:00', '2026-01-02T00:00:00Z'].map((at) => ({
    takenAt: DateTime.fromISO(at, { setZone: true }),
  }));
  const [second, oldest, newest] = backups;

  const sorted = newestFirst(backups);

  expect(sorted).toEqual([newest, second, oldest]);
  expect(backups[0]).toBe(second);
});
