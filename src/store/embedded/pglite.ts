import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import type { SqlPool } from '../store.ts';
import { keepSmall } from './keep-small.ts';
import { pglitePool } from './pglite-pool.ts';
import { baselineOnly } from './v8-flags.ts';

/** What PGlite sets up is 128 MB, meant for a server. */
const small = ['-c', 'shared_buffers=8MB'];

/** Opens an existing data folder in this process and gives it the shape of a pool. */
export async function openPglite(folder: string): Promise<{ pool: SqlPool; close(): Promise<void> }> {
  for (const flag of baselineOnly) setFlagsFromString(flag);
  const startParams = [...PGlite.defaultStartParams, ...small];
  const database = await PGlite.create({ dataDir: folder, startParams });
  // BullMQ's statements name no schema. There is one session, so this holds for everybody.
  await database.exec('SET search_path TO bullmq, public');
  return { pool: keepSmall(pglitePool(database)), close: () => database.close() };
}
