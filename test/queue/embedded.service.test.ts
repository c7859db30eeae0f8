import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { honoursTheQueueContract } from './queue-contract.ts';
import { quickPace } from './working.ts';

describe('the embedded queue', () => {
  const warn = () => {};
  let folder: string;
  let store: Store;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-queue-'));
    store = await openStore(StoreOptions.parse({ folder }), warn);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  honoursTheQueueContract(async () => openQueue(store, { warn, pace: quickPace }));
});
