import { afterAll, beforeAll, describe } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { onPostgres, type StorePlace } from '../support/stores.ts';
import { survivesTheDeathOfAWorker } from './death-of-a-worker.ts';
import { honoursTheQueueContract } from './queue-contract.ts';
import { quickPace } from './working.ts';

describe('the queue on PostgreSQL', () => {
  let place: StorePlace;

  beforeAll(async () => {
    place = await onPostgres();
  });
  afterAll(() => place.remove());

  survivesTheDeathOfAWorker(() => place);

  describe('while it is open', () => {
    const warn = () => {};
    let store: Store;

    beforeAll(async () => {
      store = await openStore(place.options, warn);
    });
    afterAll(() => store.close());

    honoursTheQueueContract(async () => openQueue(store, { warn, pace: quickPace }));
  });
});
