import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDataFolder } from '../../src/store/embedded/create-data-folder.ts';
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
  await putDataInto(folder);
  return {
    options: StoreOptions.parse({ folder }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What the first start makes in a folder, so that it need not. */
export async function putDataInto(folder: string): Promise<void> {
  await cp(await freshDataFolder(), join(folder, 'queue'), { recursive: true });
}

/** An empty data folder to copy, made once a version: `initdb` takes seconds and a copy does not. */
async function freshDataFolder(): Promise<string> {
  const { version } = JSON.parse(await readFile('node_modules/@electric-sql/pglite/package.json', 'utf8'));
  const cache = join('node_modules', '.cache', 'holdfast', `pglite-${version}`);
  if (existsSync(cache)) return cache;

  const mine = `${cache}.${process.pid}`;
  await mkdir(dirname(cache), { recursive: true });
  await createDataFolder(mine);
  // Another test file may have been quicker; one is as good as the other.
  await rename(mine, cache).catch(() => rm(mine, { recursive: true }));
  return cache;
}
