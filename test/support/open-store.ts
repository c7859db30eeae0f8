import { afterAll, beforeAll, vi } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import type { StorePlace } from './stores.ts';

/** A store for all tests of a file, ready for use; each takes a corner of it. */
export function openStoreForAll(on: () => Promise<StorePlace>): () => Store {
  let place: StorePlace;
  let store: Store;
  vi.setConfig({ testTimeout: 60_000 }); // A journey is quick, but not on every machine.

  beforeAll(async () => {
    place = await on();
    store = await openStore(place.options, () => {});
    await makeTables(store);
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await place.remove();
  });
  return () => store;
}

/** The first to use a new database waits a while for this; a test should not. */
async function makeTables(store: Store): Promise<void> {
  const queue = openQueue(store, { warn: () => {} });
  await queue.remove({ name: 'nothing' });
  await queue.close();
}
