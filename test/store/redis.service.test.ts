import { afterEach, describe, expect, it, vi } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openRedis } from '../../src/store/redis.ts';
import type { RedisStore } from '../../src/store/store.ts';
import { newTopic, quickPace } from '../queue/working.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import type { OwnServer } from '../support/services/service.ts';

describe('Redis', () => {
  let server: OwnServer;
  let store: RedisStore;
  let warnings: string[];

  async function open(settings: string[] = [], url?: string): Promise<void> {
    server = await startOwnRedis(...settings);
    warnings = [];
    store = openRedis(StoreOptions.parse({ url: url ?? server.url }), (sentence) => warnings.push(sentence));
  }

  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  it('is warned about when it may throw jobs away', async () => {
    await open(['--maxmemory-policy', 'allkeys-lru']);

    await vi.waitFor(() => expect(warnings).toHaveLength(1), 10_000);

    expect(warnings[0]).toMatch(/set its maxmemory-policy to noeviction \(it is allkeys-lru\)/);
  });

  it('said no, and was not away, when the password is wrong', async () => {
    await open();
    await store.close();
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong-password@');
    store = openRedis(StoreOptions.parse({ url: wrong }), (sentence) => warnings.push(sentence));
    const queue = openQueue(store, { warn: () => {} });

    const failure = await queue.add(newTopic(), { id: 'a', data: { text: '' } }).catch((error) => error);

    expect(failure.message).toMatch(
      /^Could not put the job into the queue: Redis at 127\.0\.0\.1:\d+ said no \(/,
    );
    expect(failure.message).not.toContain('wrong-password');
  });

  it('tells a job that it was lost to another worker', async () => {
    await open();
    const queue = openQueue(store, { warn: () => {}, pace: quickPace });
    const topic = newTopic();
    await queue.add(topic, { id: 'lost', data: { text: '' } });

    const aborted = await new Promise<AbortSignal>((resolve) => {
      queue.work(topic, async ({ id, signal }) => {
        await store.quick.set(`${store.prefix}:${topic.name}:${id}:lock`, 'somebody else');
        await new Promise((done) => signal.addEventListener('abort', done));
        resolve(signal);
      });
    });
    await queue.close();

    expect(aborted.reason).toBe('The job was lost to another worker.');
  });
});
