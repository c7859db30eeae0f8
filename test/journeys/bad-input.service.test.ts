import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileSelection } from '../../src/archive/file-selection.ts';
import { MysqlOptions } from '../../src/databases/mysql/options.ts';
import { openDumper } from '../../src/databases/registry.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { type Login, type Mariadb, startMariadb } from '../support/services/mariadb.ts';
import { disk, type Shop, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const dumpThatIsKilled = `#!/bin/sh
case "$*" in *--version*) echo 'mariadb-dump from 10.11.6-MariaDB'; exit;; esac
echo '-- MariaDB dump 10.19'
kill -9 $$
`;

const store = openStoreForAll(onRedis);

/** Runs the app and gives what was told, after a look that nothing was stored. */
async function failureOf(app: Shop, words = '/backup run shop'): Promise<string> {
  const { say } = await startProduct(store(), { apps: [app] });
  const { reports } = await say(words);
  const run = reports.at(-1);
  if (run?.kind !== 'run') throw new Error(`No run was reported: ${JSON.stringify(reports)}`);

  expect(run).toMatchObject({ outcome: 'failed', dumps: [] });
  expect(run.archive).toBeUndefined();
  return [run.reason, ...run.destinations.map((row) => (row.outcome === 'failed' ? row.reason : ''))].join(
    ' ',
  );
}

describe('a run that would back up its own backups', () => {
  it('is refused when a destination lies in what is backed up', async () => {
    const app = shop();
    const inside = disk('inside', join(app.source, 'backups'));

    const reason = await failureOf({ ...app, destinations: [inside] });

    expect(reason).toMatch(/would back up its own backups: .* contains the folder of destination inside/);
    expect(readdirSync(app.source).sort()).toEqual(['index.html', 'photos']);
  });

  it('is refused when what is backed up is a destination', async () => {
    const app = shop();

    const reason = await failureOf({ ...app, destinations: [disk('same', app.source)] });

    expect(reason).toMatch(/is the folder of destination same/);
  });

  it('is fine when the destination is excluded', async () => {
    const app = shop();
    const inside = disk('inside', join(app.source, 'backups'));
    const files = FileSelection.parse({ include: [app.source], exclude: [inside.folder] });
    const { say } = await startProduct(store(), { apps: [{ ...app, files, destinations: [inside] }] });

    const { reports } = await say('/backup run shop');

    expect(reports.at(-1)).toMatchObject({ outcome: 'stored', archive: { entries: 3 } });
  });
});

describe('a run with nothing to back up', () => {
  it('says that the app has no databases', async () => {
    const app = shop();

    expect(await failureOf(app, '/backup run shop --only-db')).toContain('shop has no databases.');
  });

  it('says that everything is excluded', async () => {
    const app = shop();
    const files = FileSelection.parse({ include: [app.source], exclude: ['*'] });

    expect(await failureOf({ ...app, files })).toContain('hold no file that is not excluded');
  });

  it('says which folder is not there', async () => {
    const app = shop();
    rmSync(app.source, { recursive: true });

    expect(await failureOf(app)).toContain(app.source);
  });
});

it('says when a destination’s folder is a file, and leaves the file alone', async () => {
  const app = shop();
  const file = join(app.source, 'index.html');

  const reason = await failureOf({ ...shop(), destinations: [disk('disk', file)] });

  expect(reason).toContain('No destination took the archive.');
  expect(reason).toContain(file);
});

describe('a database', () => {
  let mariadb: Mariadb;
  let login: Login & { readonly database: string };
  let silent: Server;

  beforeAll(async () => {
    mariadb = await startMariadb();
    login = await mariadb.database();
    silent = createServer(() => {}).listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    silent.close();
    await mariadb.stop();
  });

  function shopWith(differently: object): Shop {
    const options = MysqlOptions.parse({ driver: 'mysql', ...login, ...differently });
    return { ...shop(), dumpers: [openDumper(options)] };
  }

  it('that does not take the password spoils the run, which says so and not the password', async () => {
    const reason = await failureOf(shopWith({ password: 'wrong-and-secret' }));

    expect(reason).toMatch(/password/);
    expect(reason).not.toContain('wrong-and-secret');
  });

  it('that is not there spoils the run', async () => {
    expect(await failureOf(shopWith({ database: 'nothing_like_it' }))).toContain('nothing_like_it');
  });

  it('whose server does not answer spoils the run within the timeout', async () => {
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    expect(await failureOf(shopWith({ port, connectTimeout: 1 }))).toMatch(/not answer|not reached/);
  });

  it('whose dump is killed on its way spoils the run, and nothing is left anywhere', async () => {
    const target = disk('disk');
    const killer = join(temporaryFolder(), 'mariadb-dump');
    writeFileSync(killer, dumpThatIsKilled, { mode: 0o755 });
    const app = { ...shopWith({ dumper: 'client', binaryPath: killer }), destinations: [target] };

    const reason = await failureOf(app);

    expect(reason).toMatch(/SIGKILL|killed/);
    expect(await target.list('shop')).toEqual([]);
  });
});
