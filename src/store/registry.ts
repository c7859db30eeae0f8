import { openEmbedded } from './embedded.ts';
import { isEmbedded, type StoreOptions } from './options.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import type { Store, Warn } from './store.ts';

/**
 * Opens the server behind queue and state. One that is away is no error here: it is tried again until it is there.
 * @throws {StoreError} when the embedded store cannot be opened; {@link StoreInUse} when another process has it open.
 */
export async function openStore(options: StoreOptions, warn: Warn): Promise<Store> {
  if (isEmbedded(options)) return openEmbedded(options.folder, options.prefix);
  if (options.url?.startsWith('postgres')) return openPostgres(options.url, options.prefix, warn);
  return openRedis(options, warn);
}
