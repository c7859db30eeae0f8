import { afterAll, beforeAll, describe } from 'vitest';
import { openState } from '../../src/state/registry.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { onRedis, type StorePlace } from '../support/stores.ts';
import { honoursTheStateContract } from './state-contract.ts';

describe('the state on Redis', () => {
  let place: StorePlace;
  let store: Store;

  beforeAll(async () => {
    place = await onRedis();
    store = await openStore(place.options, () => {});
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  honoursTheStateContract(() => openState(store));
});
