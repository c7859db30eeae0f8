import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DateTime } from 'luxon';
import { openFormat } from '../src/archive/registry.ts';
import { openDestination } from '../src/destinations/registry.ts';
import { backupKey, manifestKey } from '../src/domain/backup-key.ts';
import { HealthOptions } from '../src/domain/health/registry.ts';
import { RetentionPolicy } from '../src/domain/retention/registry.ts';
import type { App } from '../workers/app.ts';

const nights = 7;

/** Apps with a backup of each of the last nights in one folder, and with the usual schedules. */
export async function makeApps(folder: string, count: number, now: DateTime): Promise<App[]> {
  const destination = openDestination('disk', { driver: 'local', path: folder, createFolder: true });
  const names = Array.from({ length: count }, (_, at) => `app-${at + 1}`);
  for (const name of names) await makeBackups(join(folder, name), name, now);
  const policy = RetentionPolicy.parse({});
  return names.map((name) => ({
    name,
    dumpers: [],
    archive: openFormat({ format: 'zip', compression: { level: 5 }, threads: 2 }),
    destinations: [destination],
    stallTimeoutInMs: 60_000,
    maxDurationInMs: 60_000,
    checkFreeSpace: false,
    retention: { zone: 'UTC', policyAt: () => policy },
    zone: 'UTC',
    health: HealthOptions.parse({}),
    chores: {
      run: { cron: '0 2 * * *', zone: 'UTC' },
      clean: { cron: '10 2 * * *', zone: 'UTC' },
      monitor: { cron: '15 2 * * *', zone: 'UTC' },
    },
  }));
}

async function makeBackups(folder: string, app: string, now: DateTime): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (let night = 0; night < nights; night++) {
    const takenAt = now.startOf('day').minus({ days: night }).plus({ hours: 2 });
    const key = backupKey({ app, kind: 'full', takenAt });
    for (const file of [key, manifestKey(key)]) await writeFile(join(dirname(folder), file), 'x'.repeat(100));
  }
}
