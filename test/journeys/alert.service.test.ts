import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql/promise';
import { DateTime } from 'luxon';
import { expect, it, vi } from 'vitest';
import { consoleText } from '../../src/chat/console-text.ts';
import { SqliteOptions } from '../../src/databases/sqlite/options.ts';
import { sqliteDumper } from '../../src/databases/sqlite.ts';
import { deliveriesTo, looks, reports } from '../../src/queue/contracts.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(onRedis);

it('tells of a dump that fails at once, of backups that grow old once a day, and how long it lasted when that is over', async () => {
  const { runAt, lookAt, database } = await shopWithDatabase();

  await runAt('2026-11-21T02:00');
  const whileWell = await lookAt('2026-11-21T02:15');
  database.takeAway();
  const failed = await runAt('2026-11-22T02:00');
  const begun = await lookAt('2026-11-22T02:15');
  const between = await lookAt('2026-11-22T14:15');
  const reminded = await lookAt('2026-11-23T02:15');
  database.bringBack();
  const stored = await runAt('2026-11-23T14:00');
  const over = await lookAt('2026-11-23T14:15');
  const afterwards = await lookAt('2026-11-24T02:15');

  expect([whileWell, between, afterwards]).toEqual([[], [], []]);
  expect(stored).toEqual([expect.stringMatching(/^✔ Backup of shop is stored again, after 1 failure \(/)]);
  expect(failed).toEqual([expect.stringMatching(/^✖ Backup of shop failed/)]);
  expect(begun).toEqual([
    [
      '✖ Something is wrong with the backups of shop',
      '  ✖ shop: The newest backup of shop in disk was made 1 d ago; it may be no older than 1 day.',
      '    since 2026-11-22 02:15:00 UTC. Back it up now: /backup run shop',
    ].join('\n'),
  ]);
  expect(reminded).toEqual([
    expect.stringMatching(/^! Something is still wrong .* of shop(.|\n)* For 1 d now\./),
  ]);
  expect(over).toEqual([
    expect.stringMatching(/^✔ The backups of shop are right again(.|\n)*after 1 d 12 h/),
  ]);
});

/** The product with a shop that has a database, its clock set by hand, and what its channel hears meanwhile. */
async function shopWithDatabase() {
  const folder = temporaryFolder();
  const path = join(folder, 'shop.db');
  const made = new Database(path, {});
  await made.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY)');
  made.close();

  const chat = memoryPlatform('slack');
  let now: DateTime = DateTime.utc();
  const { say, queue } = await startProduct(store(), {
    apps: [
      { ...shop([disk('disk')]), dumpers: [sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path }))] },
    ],
    channels: [{ to: 'slack:OPS', reports: ['failures', 'health', 'recoveries'] }],
    platforms: [chat],
    clock: () => now,
  });

  async function heardOf(words: string, at: string): Promise<string[]> {
    const before = chat.shown.length;
    now = DateTime.fromISO(at, { zone: 'utc' });
    await say(words);
    for (const topic of [reports, looks, deliveriesTo({ platform: 'slack' })])
      await vi.waitFor(async () => expect(await queue.unfinished<unknown>(topic)).toEqual([]), 20_000);
    return chat.shown.slice(before).map(({ message }) => consoleText(message, 'UTC'));
  }
  return {
    runAt: (at: string) => heardOf('/backup run shop', at),
    lookAt: (at: string) => heardOf('/backup monitor', at),
    database: {
      takeAway: () => renameSync(path, `${path}.gone`),
      bringBack: () => renameSync(`${path}.gone`, path),
    },
  };
}
