import { PGlite } from '@electric-sql/pglite';
import type { SqlPool } from '../store.ts';
import { pglitePool } from './pglite-pool.ts';

/** Opens an existing data folder in this process and gives it the shape of a pool. */
export async function openPglite(folder: string): Promise<{ pool: SqlPool; close(): Promise<void> }> {
  const database = await PGlite.create({ dataDir: folder });
  // BullMQ's statements name no schema. There is one session, so this holds for everybody.
  await database.exec('SET search_path TO bullmq, public');
  return { pool: pglitePool(database), close: () => database.close() };
}
