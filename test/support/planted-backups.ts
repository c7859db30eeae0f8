import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DateTime } from 'luxon';
import type { BackupKind } from '../../src/domain/backup.ts';
import { backupKey, manifestKey } from '../../src/domain/backup-key.ts';

interface Planted {
  readonly app?: string;
  readonly kind?: BackupKind;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly sizeInBytes?: number;
}

/** Puts files with the names of a backup and its manifest below `folder`, and gives the key. They take no room on the disk. */
export function plant(
  folder: string,
  { app = 'shop', kind = 'full', takenAt, sizeInBytes = 1000 }: Planted,
): string {
  const key = backupKey({ app, kind, takenAt: DateTime.fromISO(takenAt, { zone: 'utc' }) });
  mkdirSync(dirname(join(folder, key)), { recursive: true });
  writeFileSync(join(folder, key), '');
  truncateSync(join(folder, key), sizeInBytes);
  writeFileSync(join(folder, manifestKey(key)), '{}');
  return key;
}

/** The names of all that is in the folder of an app, in order. */
export function namesIn(folder: string, app = 'shop'): string[] {
  return readdirSync(join(folder, app)).toSorted();
}
