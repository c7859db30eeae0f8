import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);

it('brings every answer to the console that asked, however many bots share a queue', async () => {
  const apps = ['one', 'two', 'three', 'four'].map((name) => shop([disk(`disk-of-${name}`)], name));
  const corner = randomUUID();
  const worker = await startProduct(store(), { apps, corner });
  const other = await startProduct(store(), { apps, corner, groups: [] });

  const answers = await Promise.all([
    worker.say('/backup run one'),
    other.say('/backup run two'),
    other.say('/backup run three'),
    other.say('/backup run four'),
    other.say('/backup list one'),
  ]);

  expect(answers.map(({ reports }) => reports.at(-1))).toMatchObject([
    { kind: 'run', app: 'one', outcome: 'stored' },
    { kind: 'run', app: 'two', outcome: 'stored' },
    { kind: 'run', app: 'three', outcome: 'stored' },
    { kind: 'run', app: 'four', outcome: 'stored' },
    { kind: 'backups', app: 'one' },
  ]);
});
