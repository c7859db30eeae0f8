import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import type { Store } from '../../src/store/store.ts';
import { held } from '../support/held-destination.ts';
import { startProduct } from '../support/product.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import type { OwnServer } from '../support/services/service.ts';
import { disk, shop } from '../support/shop.ts';
import { startSlowLine } from '../support/slow-line.ts';

let redis: OwnServer;
let store: Store;

beforeAll(async () => {
  redis = await startOwnRedis();
  store = await openStore(StoreOptions.parse({ url: redis.url }), () => {});
});
afterAll(async () => {
  await store.close();
  await redis.stop();
});

it('says so while Redis is away, and carries on when it is back: what ran and what waited is told', async () => {
  const target = held(disk('disk'));
  const apps = [shop([target]), shop([disk('attic')], 'blog')];
  const { say, logged } = await startProduct(store, { apps });
  const running = say('/backup run shop');
  await target.reached;
  const waiting = say('/backup run blog');
  await vi.waitUntil(() => logged.filter(({ facts }) => facts !== undefined).length === 2);

  await redis.pause();
  const meanwhile = await say('/backup run blog');
  const refused = await say('/backup run shpo');
  target.letGo();
  await redis.resume();
  const results = await Promise.all([running, waiting]);
  const after = await say('/backup run blog');

  expect(meanwhile.reports).toMatchObject([
    { kind: 'trouble', reason: expect.stringMatching(/Redis at .* was not reached/) },
  ]);
  expect(meanwhile.text).not.toContain(new URL(redis.url).password);
  expect(refused.reports).toMatchObject([{ kind: 'not-understood' }]);
  expect(results.map(({ reports }) => reports.at(-1))).toMatchObject([
    { kind: 'run', app: 'shop', outcome: 'stored' },
    { kind: 'run', app: 'blog', outcome: 'stored' },
  ]);
  expect(after.reports.at(-1)).toMatchObject({ kind: 'run', outcome: 'stored' });
});

it('tells how a run ended though Redis lost its data in the middle of it', async () => {
  const target = held(disk('disk'));
  const { say, logged } = await startProduct(store, { apps: [shop([target])] });
  const running = say('/backup run shop');
  await target.reached;

  await redisOf(store).flushall();
  await vi.waitUntil(() => logged.some(({ sentence }) => sentence.includes('could not renew lock')), 20_000);
  target.letGo();
  const { reports } = await running;

  expect(reports.filter(({ kind }) => kind === 'run')).toMatchObject([{ app: 'shop', outcome: 'stored' }]);
});

it('does everything once, and is only slower, while Redis is slow', async () => {
  const line = await startSlowLine(redis.url, 40);
  const slow = await openStore(StoreOptions.parse({ url: line.url }), () => {});
  onTestFinished(async () => {
    await slow.close();
    await line.stop();
  });
  const target = disk('disk');
  const { say, logged } = await startProduct(slow, { apps: [shop([target])] });

  const [first, second] = await Promise.all([say('/backup run shop'), say('/backup run shop')]);
  const list = await say('/backup list');

  const reports = [...first.reports, ...second.reports];
  expect(reports.filter(({ kind }) => kind === 'run')).toMatchObject([{ outcome: 'stored' }]);
  expect(reports.filter(({ kind }) => kind === 'already-running')).toHaveLength(1);
  expect(list.reports).toMatchObject([{ holdings: [{ count: 1 }] }]);
  expect(logged.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});

it('says so while Redis is full, and carries on when there is room: what ran is told, and nothing is lost', async () => {
  const target = held(disk('disk'));
  const { say } = await startProduct(store, { apps: [shop([target]), shop([disk('attic')], 'blog')] });
  const running = say('/backup run shop');
  await target.reached;

  await redisOf(store).config('SET', 'maxmemory', '1');
  const meanwhile = await say('/backup run blog');
  target.letGo();
  await redisOf(store).config('SET', 'maxmemory', '0');
  const { reports } = await running;
  const after = await say('/backup run blog');

  expect(meanwhile.reports).toMatchObject([{ kind: 'trouble', reason: expect.stringMatching(/OOM|memory/) }]);
  expect(reports.at(-1)).toMatchObject({ kind: 'run', app: 'shop', outcome: 'stored' });
  expect(after.reports.at(-1)).toMatchObject({ kind: 'run', app: 'blog', outcome: 'stored' });
});

function redisOf(store: Store) {
  if (store.kind !== 'redis') throw new Error('This store is no Redis.');
  return store.quick;
}
