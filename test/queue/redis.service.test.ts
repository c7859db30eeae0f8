import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import { honoursTheQueueContract } from './queue-contract.ts';
import { quickPace } from './working.ts';

describe('the queue on Redis', () => {
  const warn = () => {};
  let redis: Service;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedis();
    store = await openStore(StoreOptions.parse({ url: redis.url, prefix: `test-${randomUUID()}` }), warn);
  });
  afterAll(async () => {
    await store.close();
    await redis.stop();
  });

  honoursTheQueueContract(async () => openQueue(store, { warn, pace: quickPace }));
});
