import { DateTime } from 'luxon';
import type { Holdings, Watch, WatchedBackup } from '../../../src/domain/health/check.ts';

/** A quarter of an hour after the nightly run. */
export const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });

export const watch: Watch = { app: 'shop', now, zone: 'UTC' };

/** A healthy week in a folder with plenty of room. */
export function holdings(changes: Partial<Holdings> = {}): Holdings {
  const backups = Array.from({ length: 8 }, (_, night) => backup({ takenAt: night0.minus({ days: night }) }));
  return { destination: 'disk', backups, gone: [], freeInBytes: 1024 ** 4, ...changes };
}

const night0 = DateTime.fromISO('2026-11-22T02:00:05Z', { zone: 'utc' });

export function backup(facts: Partial<WatchedBackup> = {}): WatchedBackup {
  const takenAt = facts.takenAt ?? night0;
  const key = `shop/${takenAt.toFormat('yyyy-MM-dd-HH-mm-ss')}.zip`;
  return { key, kind: 'full', takenAt, sizeInBytes: 1024 ** 2, hasManifest: true, ...facts };
}
