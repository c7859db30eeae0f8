import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { backendOn } from '../../src/queue/bullmq/backend.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import { type Queue, QueueError } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import { type State, StateError } from '../../src/state/state.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import type { OwnServer } from '../support/services/service.ts';
import { newTopic, quickPace, take } from './working.ts';

const patience = 60_000;

/** What queue and state promise while their server is away. */
export function bearsThatItsServerIsAway(start: () => Promise<OwnServer>, title: RegExp): void {
  let server: OwnServer;
  let warnings: string[];
  let store: Store;
  let queue: Queue;
  let state: State;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    warnings = [];
    const warn = (sentence: string) => void warnings.push(sentence);
    store = await openStore(StoreOptions.parse({ url: server.url }), warn);
    queue = openQueue(store, { warn, pace: quickPace });
    state = openState(store);
    return async () => {
      await queue.close();
      await store.close();
    };
  });

  it('fails in words within seconds, and what failed is not done later', { timeout: patience }, async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'before', data: { text: '' } });
    await state.remember('known', 1, 60);
    await server.pause();

    const failures = await Promise.all([
      queue.add(topic, { id: 'meanwhile', data: { text: '' } }).catch((error) => error),
      queue.unfinished(topic).catch((error) => error),
      state.recall('known').catch((error) => error),
    ]);
    await server.resume();
    const [job] = await take(queue, topic, 1);

    expect(failures.map((error) => error.constructor)).toEqual([QueueError, QueueError, StateError]);
    for (const { message } of failures) {
      expect(message).toMatch(/^Could not .*: .* was not reached \(.*\)\. Check that it runs/);
      expect(message).toMatch(title);
    }
    expect(job?.id).toBe('before');
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('works on once the server is back, and says once that it was away', { timeout: patience }, async () => {
    const topic = newTopic();
    const handled: string[] = [];
    queue.work(topic, async ({ id }) => void handled.push(id));
    await queue.add(topic, { id: 'before', data: { text: '' } });
    await vi.waitFor(() => expect(handled).toEqual(['before']), patience);

    await server.pause();
    await queue.unfinished(topic).catch(() => undefined);
    await server.resume();
    await vi.waitFor(() => queue.add(topic, { id: 'after', data: { text: '' } }), patience);

    await vi.waitFor(() => expect(handled).toEqual(['before', 'after']), patience);
    expect(warnings.filter((sentence) => /cannot be used/.test(sentence))).toHaveLength(1);
    expect(warnings.filter((sentence) => /is back/.test(sentence))).toHaveLength(1);
  });

  it('starts while the server is away, and begins when it is there', { timeout: patience }, async () => {
    const topic = newTopic();
    await queue.add(topic, { id: 'kept', data: { text: '' } });
    await server.pause();
    const early = await openStore(StoreOptions.parse({ url: server.url }), () => {});
    const earlyQueue = openQueue(early, { warn: () => {}, pace: quickPace });

    const handled = new Promise((resolve) => earlyQueue.work(topic, async ({ id }) => resolve(id)));
    await earlyQueue.add(topic, { id: 'refused', data: { text: '' } }).catch(() => undefined);
    await server.resume();

    expect(await handled).toBe('kept');
    expect((await earlyQueue.add(topic, { id: 'taken', data: { text: '' } })).added).toBe(true);
    await earlyQueue.close();
    await early.close();
  });

  it('finishes a job that was in hand while the server was away, once', { timeout: patience }, async () => {
    const topic = newTopic();
    const handled: number[] = [];
    await queue.add(topic, { id: 'long', data: { text: '' }, attempts: 5 });

    await take(queue, topic, 1, async ({ attempt }) => {
      handled.push(attempt);
      await server.pause();
      await server.resume();
    });

    expect(handled).toEqual([1]);
    expect(await queue.unfinished(topic)).toEqual([]);
  });

  it('closes while the server is away', { timeout: patience }, async () => {
    queue.work(newTopic(), async () => {});
    await queue.follow(newTopic(), () => {});
    await queue.unfinished(newTopic());
    await server.pause();

    await expect(queue.close()).resolves.toBeUndefined();

    await server.resume();
  });

  it('closes what had not connected when the server went away', { timeout: patience }, async () => {
    const backend = backendOn(store);
    await backend.reach();
    await server.pause();
    const follower = backend.events(newTopic().name);
    const worker = backend.worker(newTopic().name, async () => {}, {});
    follower.on('error', () => {});
    worker.on('error', () => {});

    await expect(backend.close(follower)).resolves.toBeUndefined();
    await expect(backend.close(worker)).resolves.toBeUndefined();

    await server.resume();
  });

  it('never tells the password', { timeout: patience }, async () => {
    await server.pause();

    const failure = await queue.add(newTopic(), { id: 'a', data: { text: '' } }).catch((error) => error);
    await server.resume();

    expect(`${failure.message} ${warnings.join(' ')}`).not.toContain(new URL(server.url).password);
  });
}
