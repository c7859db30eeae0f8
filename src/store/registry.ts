import { isEmbedded, type StoreOptions } from './options.ts';
import type { Store, Warn } from './store.ts';

/**
 * Opens the server behind queue and state. One that is away is no error here: it is tried again until it is there.
 * @throws {StoreError} when the embedded store cannot be opened; {@link StoreInUse} when another process has it open.
 */
export async function openStore(options: StoreOptions, warn: Warn): Promise<Store> {
  // Only what is configured is loaded: each has a library of its own.
  if (isEmbedded(options)) {
    const { openEmbedded } = await import('./embedded.ts');
    return openEmbedded(options.folder, options.prefix);
  }
  if (options.url?.startsWith('postgres')) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(options.url, options.prefix, warn);
  }
  const { openRedis } = await import('./redis.ts');
  return openRedis(options, warn);
}
