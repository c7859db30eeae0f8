import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DateTime } from 'luxon';
import type { BackupKind } from '../../src/domain/backup.ts';
import { backupKey, manifestKey } from '../../src/domain/backup-key.ts';
import { toInstant } from '../../src/domain/instant.ts';
import type { Manifest } from '../../src/domain/manifest.ts';

interface Planted {
  readonly app?: string;
  readonly kind?: BackupKind;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly sizeInBytes?: number;
}

/**
 * Puts an archive of zeros and a manifest that says as much of it below `folder`, and gives the key. They take no room on the disk,
 * and the checksum is not that of zeros.
 */
export function plant(
  folder: string,
  { app = 'shop', kind = 'full', takenAt, sizeInBytes = 1000 }: Planted,
): string {
  const key = backupKey({ app, kind, takenAt: DateTime.fromISO(takenAt, { zone: 'utc' }) });
  mkdirSync(dirname(join(folder, key)), { recursive: true });
  writeFileSync(join(folder, key), '');
  truncateSync(join(folder, key), sizeInBytes);
  writeFileSync(
    join(folder, manifestKey(key)),
    JSON.stringify(manifestOf(key, { app, kind, takenAt, sizeInBytes })),
  );
  return key;
}

function manifestOf(
  key: string,
  { app = 'shop', kind = 'full', takenAt, sizeInBytes = 1000 }: Planted,
): Manifest {
  const at = toInstant(DateTime.fromISO(takenAt, { zone: 'utc' }));
  return {
    ...{ version: 1, runId: 'r_planted1', app, kind, startedAt: at, finishedAt: at, host: 'web1' },
    archive: { key, sha256: '0'.repeat(64), sizeInBytes, entries: 1, contentInBytes: sizeInBytes },
    ...{ dumps: [], warnings: [] },
  };
}

/** The names of all that is in the folder of an app, in order. */
export function namesIn(folder: string, app = 'shop'): string[] {
  return readdirSync(join(folder, app)).toSorted();
}
