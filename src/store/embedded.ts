import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataFolder } from './embedded/create-data-folder.ts';
import { lockFolder } from './embedded/lock-folder.ts';
import { openPglite } from './embedded/pglite.ts';
import { type SqlStore, StoreError } from './store.ts';

/**
 * PostgreSQL inside this process (PGlite), its data in `<folder>/queue`. Nothing to install and nothing to set up;
 * what was added survives a crash. One process at a time may have it open.
 * @throws {StoreInUse} when another one has. @throws {StoreError} when the folder cannot be used.
 */
export async function openEmbedded(folder: string, prefix: string): Promise<SqlStore> {
  await makeFolder(folder);
  const lock = await lockFolder(folder).catch((cause) => {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`Could not use the embedded queue in ${folder}: ${reasonOf(cause)}`, { cause });
  });
  const data = join(folder, 'queue');

  const database = await openPgliteIn(data).catch(async (cause) => {
    await lock.release();
    throw new StoreError(`Could not open the embedded queue in ${data}: ${reasonOf(cause)}`, { cause });
  });
  return {
    kind: 'sql',
    prefix,
    pool: database.pool,
    explain: (error) => `The embedded queue in ${data} said no (${reasonOf(error)}).`,
    async close() {
      await database.close();
      await lock.release();
    },
  };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new StoreError(`Could not make the folder ${folder} for the embedded queue: ${reasonOf(cause)}`, {
      cause,
    });
  });
}

async function openPgliteIn(data: string): ReturnType<typeof openPglite> {
  await createDataFolder(data);
  return openPglite(data);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // By its code from Node.js, and in PostgreSQL's own words.
  if (/ENOSPC|no space left on device/i.test(message)) return 'its disk is full; make room there';
  return message;
}
