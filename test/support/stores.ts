import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreOptions } from '../../src/store/options.ts';
import { startPostgres } from './services/postgres.ts';
import { startRedis } from './services/redis.ts';

/** A place for a store that nobody else uses; `options` are what the configuration would say. */
export interface StorePlace {
  readonly options: StoreOptions;
  remove(): Promise<void>;
}

export async function onRedis(): Promise<StorePlace> {
  const redis = await startRedis();
  return {
    options: StoreOptions.parse({ url: redis.url, prefix: `test-${randomUUID()}` }),
    remove: () => redis.stop(),
  };
}

export async function onPostgres(): Promise<StorePlace> {
  const postgres = await startPostgres();
  return {
    options: StoreOptions.parse({ url: await postgres.database() }),
    remove: () => postgres.stop(),
  };
}

export async function embedded(): Promise<StorePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-store-'));
  return {
    options: StoreOptions.parse({ folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
