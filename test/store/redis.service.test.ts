import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openState } from '../../src/state/registry.ts';
import { StateError } from '../../src/state/state.ts';
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

  it('fails what is asked of a Cluster of which no node is there, and does not wait for one', async () => {
    await open();
    await store.close();
    await server.pause();
    const cluster = [{ host: '127.0.0.1', port: server.place.port }];
    store = openRedis(StoreOptions.parse({ redis: { cluster } }), (sentence) => warnings.push(sentence));

    const failure = await openState(store)
      .recall('anything')
      .catch((error) => error);

    expect(failure).toBeInstanceOf(StateError);
    expect(String(failure)).toContain('The Redis Cluster was not reached');
  }, 30_000);

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

  it('is left for the one that takes work when it has become a replica', async () => {
    await open();
    await store.close();
    const other = await startOwnRedis();
    onTestFinished(() => other.stop());
    const line = await switchable(server.place.port);
    store = openRedis(StoreOptions.parse({ url: server.url.replace(/:\d+$/, `:${line.port}`) }), () => {});
    const state = openState(store);
    const queue = openQueue(store, { warn: () => {}, pace: quickPace });
    const topic = newTopic();
    const handled: string[] = [];
    queue.work(topic, async ({ id }) => void handled.push(id));
    await queue.add(topic, { id: 'before', data: { text: '' } });
    await vi.waitFor(() => expect(handled).toEqual(['before']), 30_000);

    line.leadTo(other.place.port);
    await ask(server.url, 'REPLICAOF', '127.0.0.1', String(other.place.port));
    await state.remember('written', true, 60);
    await queue.add(topic, { id: 'after', data: { text: '' } });
    await vi.waitFor(() => expect(handled).toEqual(['before', 'after']), 60_000);
    await queue.close();

    expect(await ask(other.url, 'KEYS', '*:state:written')).toHaveLength(1);
  });

  it('is not ready while it answers and takes nothing', async () => {
    await open();
    const state = openState(store);
    await ask(server.url, 'CONFIG', 'SET', 'maxmemory', '1');

    const full = await state.remember('ready', true, 60).catch((error: Error) => error.message);
    await ask(server.url, 'CONFIG', 'SET', 'maxmemory', '0');

    expect(full).toMatch(/said no \(OOM /);
    await state.remember('ready', true, 60);
  });

  it('is not worked for by one that may not ask what BullMQ asks, which is said, and ends', async () => {
    await open();
    await ask(server.url, 'ACL', 'SETUSER', 'half', 'on', '>pw', '~*', '&*', '+@all', '-@dangerous');
    await store.close();
    store = openRedis(StoreOptions.parse({ url: server.url.replace(/\/\/.*@/, '//half:pw@') }), () => {});
    const told: string[] = [];
    const queue = openQueue(store, { warn: (sentence) => told.push(sentence), pace: quickPace });

    queue.work(newTopic(), async () => {});
    await vi.waitFor(() => expect(told.join()).toMatch(/NOPERM/), 10_000);

    await queue.close();
  });
});

async function ask(url: string, command: string, ...words: string[]): Promise<unknown> {
  const client = new Redis(url);
  try {
    return await client.call(command, ...words);
  } finally {
    client.disconnect();
  }
}

/** A line to a server, whose other end can be moved for connections to come; those there are stay. */
async function switchable(port: number) {
  let to = port;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(other: number) {
      to = other;
    },
  };
}
