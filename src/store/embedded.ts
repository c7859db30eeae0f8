import { existsSync } from 'node:fs';
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

  const database = await makeAndOpen(data).catch(async (thrown) => {
    await lock.release();
    throw thrown;
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

async function makeAndOpen(data: string): ReturnType<typeof openPglite> {
  await createDataFolder(data).catch((cause) => {
    throw new StoreError(`Could not make the embedded queue in ${data}: ${reasonOf(cause)}`, { cause });
  });
  return openPgliteIn(data).catch((cause) => {
    throw new StoreError(whyNotOpened(data, cause), { cause });
  });
}

/** PGlite would make a new database in a folder that has none, without a word about the one that was there. */
async function openPgliteIn(data: string): ReturnType<typeof openPglite> {
  if (!existsSync(join(data, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
  return openPglite(data);
}

/** No backup depends on it, so that it need not be repaired. */
function whyNotOpened(data: string, cause: unknown): string {
  const reason = reasonOf(cause);
  if (isAboutSystem(cause) || reason === full)
    return `Could not open the embedded queue in ${data}: ${reason}`;
  return `The embedded queue in ${data} is damaged (${reason}). Put it aside with "mv ${data} ${data}.damaged" and start Holdfast again: no backup depends on it. Lost are jobs that waited, and what it knew of schedules, mutes, pauses, linked accounts and earlier runs.`;
}

function isAboutSystem(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && /^E[A-Z]+$/.test(String(cause.code));
}

const full = 'its disk is full; make room there';

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // By its code from Node.js, and in PostgreSQL's own words.
  if (/ENOSPC|no space left on device/i.test(message)) return full;
  return message;
}
