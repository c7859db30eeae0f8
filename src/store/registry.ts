import { openEmbedded } from './embedded.ts';
import type { StoreOptions } from './options.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import type { Store, Warn } from './store.ts';

/**
 * Opens the server behind queue and state. One that is away is no error here: it is tried again until it is there.
 * @throws {StoreError} when the embedded store cannot be opened; {@link StoreInUse} when another process has it open.
 */
export async function openStore(options: StoreOptions, warn: Warn): Promise<Store> {
  if (options.redis !== undefined || options.url?.startsWith('redis')) return openRedis(options, warn);
  if (options.url !== undefined) return openPostgres(options.url, options.prefix, warn);
  return openEmbedded(options.folder, options.prefix);
}
