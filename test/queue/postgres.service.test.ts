import { afterAll, beforeAll, describe } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { type Postgres, startPostgres } from '../support/services/postgres.ts';
import { honoursTheQueueContract } from './queue-contract.ts';
import { quickPace } from './working.ts';

describe('the queue on PostgreSQL', () => {
  const warn = () => {};
  let postgres: Postgres;
  let store: Store;

  beforeAll(async () => {
    postgres = await startPostgres();
    store = await openStore(StoreOptions.parse({ url: await postgres.database() }), warn);
  });
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });

  honoursTheQueueContract(async () => openQueue(store, { warn, pace: quickPace }));
});
