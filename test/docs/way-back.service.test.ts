import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import Database from 'libsql/promise';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlDumper } from '../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../src/databases/mysql/options.ts';
import { SqliteOptions } from '../../src/databases/sqlite/options.ts';
import { sqliteDumper } from '../../src/databases/sqlite.ts';
import { load } from '../databases/mysql/restore.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { type Mariadb, startOwnMariadb } from '../support/services/mariadb.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(embedded);
let lost: Mariadb;
let fresh: Mariadb;

beforeAll(async () => {
  lost = await startOwnMariadb();
  fresh = await startOwnMariadb();
});

afterAll(() => Promise.all([lost?.stop(), fresh?.stop()]));

describe('the way back in the README', () => {
  it('brings the database back, and lets the user of the site in', async () => {
    const place = { ...lost.root, database: 'shop' };
    await load({ ...place, database: 'mysql' }, 'CREATE DATABASE shop COLLATE utf8mb4_unicode_ci');
    await load(
      place,
      `CREATE USER 'shop'@'localhost' IDENTIFIED BY 'its password';
       GRANT ALL PRIVILEGES ON shop.* TO 'shop'@'localhost';
       CREATE TABLE goods (id int PRIMARY KEY, picture longblob);
       INSERT INTO goods VALUES (1, REPEAT(UNHEX('0D0A00'), 3000000)), (2, NULL);
       CREATE DEFINER='shop'@'localhost' VIEW a_view AS SELECT id FROM goods;
       CREATE DEFINER='shop'@'localhost' VIEW view_upon_it AS SELECT id FROM a_view;
       CREATE TRIGGER touch BEFORE INSERT ON goods FOR EACH ROW SET NEW.id = NEW.id + 1;
       CREATE PROCEDURE greet() SELECT 'Hello';`,
    );
    const target = disk('disk');
    const dumpers = [mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...place }))];
    const { say } = await startProduct(store(), { apps: [{ ...shop([target]), dumpers }] });
    const [run] = (await say('/backup run shop')).reports.filter((report) => report.kind === 'run');
    expect(run?.dumps[0]).toMatchObject({ collation: 'utf8mb4_unicode_ci' });

    const home = homeOfAdministrator(fresh);
    copyFileSync(join(target.folder, run?.archive?.key ?? ''), join(home, '2026-11-22-03-15-00.zip'));
    // What the manifest of such a dump says is to be done first.
    await load({ ...fresh.root, database: 'mysql' }, 'SET GLOBAL max_allowed_packet = 1073741824');
    await execa('bash', ['-euo', 'pipefail', '-c', commandsAfter('server is gone')], {
      cwd: home,
      env: { HOME: home },
    });

    const site = await createConnection({
      ...{ socketPath: fresh.socket ?? '', user: 'shop', password: 'its password', database: 'shop' },
    });
    const ask = async (sql: string) => (await site.query<RowDataPacket[]>(sql))[0];
    await site.query('INSERT INTO goods VALUES (9, NULL)');
    expect(
      await ask('SELECT id, OCTET_LENGTH(picture) AS bytes, MD5(picture) AS sum FROM goods ORDER BY id'),
    ).toEqual([
      { id: 1, bytes: 9_000_000, sum: '0ad5e3082f51c6b144d050e22f57360c' },
      { id: 2, bytes: null, sum: null },
      { id: 10, bytes: null, sum: null },
    ]);
    expect(await ask('SELECT count(*) AS n FROM view_upon_it')).toEqual([{ n: 3 }]);
    expect(await ask('SELECT @@collation_database AS collation')).toEqual([
      { collation: 'utf8mb4_unicode_ci' },
    ]);
    await site.query('CALL greet()');
    await site.end();
  });

  it('brings a SQLite database back over one that was left with its -wal', async () => {
    const [data, home] = [temporaryFolder(), temporaryFolder()];
    const path = join(data, 'stock.sqlite');
    const application = new Database(path, {});
    await application.exec(
      `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE goods (id integer PRIMARY KEY, name text);
       INSERT INTO goods VALUES (1, 'as backed up'); PRAGMA wal_checkpoint(TRUNCATE);`,
    );
    const target = disk('disk');
    const dumpers = [sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path }))];
    const { say } = await startProduct(store(), { apps: [{ ...shop([target]), dumpers }] });
    const [run] = (await say('/backup run shop')).reports.filter((report) => report.kind === 'run');
    copyFileSync(join(target.folder, run?.archive?.key ?? ''), join(home, '2026-11-22-03-15-00.zip'));

    await application.exec("UPDATE goods SET name = 'damaged'; INSERT INTO goods VALUES (2, 'damaged')");
    const crashed = temporaryFolder();
    for (const name of readdirSync(data)) copyFileSync(join(data, name), join(crashed, name));
    await application.close();
    expect(readdirSync(crashed)).toContain('stock.sqlite-wal');

    const commands = commandsAfter('How do I restore a SQLite database?').replaceAll(
      '/srv/shop/data',
      crashed,
    );
    await execa('bash', ['-euo', 'pipefail', '-c', commands], { cwd: home });

    const restored = new Database(join(crashed, 'stock.sqlite'), {});
    expect(await (await restored.prepare('SELECT id, name FROM goods')).all()).toEqual([
      { id: 1, name: 'as backed up' },
    ]);
    await restored.close();
  });
});

/** The first commands below the words, as they stand in the README. */
function commandsAfter(words: string): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, commands] = /```sh\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(words))) ?? [];
  if (commands === undefined) throw new Error(`The README has no commands after "${words}".`);
  return commands;
}

/** A home whose `mariadb` talks to this server as its administrator, without a word more. */
function homeOfAdministrator({ root }: Mariadb): string {
  const home = temporaryFolder();
  const { host, port, user, password } = root;
  writeFileSync(
    join(home, '.my.cnf'),
    `[client]\nprotocol=tcp\nhost=${host}\nport=${port}\nuser=${user}\npassword="${password}"\n`,
    { mode: 0o600 },
  );
  return home;
}
