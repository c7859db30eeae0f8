import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import Database from 'libsql/promise';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../src/databases/dumper.ts';
import { SqliteOptions } from '../../src/databases/sqlite/options.ts';
import { sqliteDumper } from '../../src/databases/sqlite.ts';
import { asOrdinaryUser } from '../support/ordinary-user.ts';
import { honoursTheDumperContract } from './dumper-contract.ts';

let folder: string;
let shop: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-test-'));
  shop = join(folder, 'shop.db');
  await makeBank(shop, 1000);
});

afterAll(() => rm(folder, { recursive: true }));

describe('sqlite dumper', () => {
  honoursTheDumperContract(() => dumperOf(shop));

  it('is named after its file, or as it is told', () => {
    expect(dumperOf('/srv/app/my shop.sqlite3').fileName).toBe('sqlite-my-shop.sqlite');
    expect(
      sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path: '/srv/app.db', name: 'shop' })).fileName,
    ).toBe('sqlite-shop.sqlite');
  });

  it('says how many rows each table has', async () => {
    const dump = await dumperOf(shop).dump(AbortSignal.timeout(60_000));

    await buffer(dump.content);

    expect(dump.facts()).toMatchObject({ database: 'shop', tables: [{ name: 'accounts', rows: 1000 }] });
  });

  it.each(['wal', 'delete'])(
    'copies one moment while money moves between accounts (journal: %s)',
    async (journal) => {
      const path = join(folder, `bank-${journal}.db`);
      await makeBank(path, 20_000, journal);
      const writer = moveMoney(path);

      const copy = join(folder, `copy-${journal}.db`);
      await writeFile(copy, await dumped(path));
      const moved = await writer.stop();

      expect(moved).toBeGreaterThan(0);
      expect(await query(copy, 'SELECT sum(amount) AS value FROM accounts')).toBe(20_000 * 100);
    },
  );

  it('holds what was committed a moment ago and is not in the file itself yet', async () => {
    const path = join(folder, 'journal.db');
    const application = new Database(path, {});
    await application.exec(
      'PRAGMA journal_mode = wal; CREATE TABLE notes (text); INSERT INTO notes VALUES (1), (2)',
    );

    const copy = join(folder, 'journal-copy.db');
    await writeFile(copy, await dumped(path));
    application.close();

    expect(await query(copy, 'SELECT count(*) AS value FROM notes')).toBe(2);
  });

  it.each([
    ['in use', []],
    ['at rest', ['']],
    ['after its application was killed', ['', '-wal', '-shm']],
    ['with a log alone', ['', '-wal']],
  ])('makes and changes no file beside a database in WAL mode, %s', async (state, left) => {
    const home = await mkdtemp(join(folder, 'wal-'));
    const live = join(await mkdtemp(join(folder, 'live-')), 'notes.db');
    const path = join(home, 'notes.db');
    const application = new Database(state === 'in use' ? path : live, {});
    await application.exec('PRAGMA journal_mode = wal; CREATE TABLE notes (text)');
    await application.exec('INSERT INTO notes VALUES (1), (2)');
    // The library closes in a thread of its own: the log is in the file before the file is copied.
    if (state === 'at rest') await application.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (const ending of left) await copyFile(`${live}${ending}`, `${path}${ending}`);
    const before = await contentsOf(home);

    await dumperOf(path).check(AbortSignal.timeout(60_000));
    const copy = join(folder, `copy ${state}.db`);
    await writeFile(copy, await dumped(path));

    expect(await contentsOf(home)).toEqual(before);
    expect(await query(copy, 'SELECT count(*) AS value FROM notes')).toBe(2);
    application.close();
  });

  it.each(['delete', 'wal'])(
    'is copied by whoever may read it and do nothing else (journal: %s)',
    async (journal) => {
      const home = await mkdtemp(join(folder, 'read-only-'));
      const path = join(home, 'bank.db');
      await makeBank(path, 10, journal);
      await settled(path);
      await Promise.all([chmod(folder, 0o755), chmod(home, 0o555), chmod(path, 0o444)]);

      const copy = await asOrdinaryUser(async () => {
        await dumperOf(path).check(AbortSignal.timeout(60_000));
        return dumped(path);
      });

      expect(copy.subarray(0, 15).toString()).toBe('SQLite format 3');
      expect(await readdir(home)).toEqual(['bank.db']);
    },
  );

  it('copies a table whose definition begins in another way than SQLite writes it', async () => {
    const path = join(folder, 'lower-case.db');
    await makeBank(path, 10);
    await change(
      path,
      "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'CREATE TABLE', 'create table')",
    );

    const copy = await copied(path);

    expect(await query(copy, 'SELECT count(*) AS value FROM accounts')).toBe(10);
    expect(await query(copy, 'SELECT sql AS value FROM sqlite_schema')).toMatch(/^create table/);
  });

  it('copies a row that breaks a CHECK, with a note', async () => {
    const path = join(folder, 'unsound.db');
    await change(
      path,
      'CREATE TABLE stock (amount INTEGER CHECK (amount >= 0)); PRAGMA ignore_check_constraints = 1; INSERT INTO stock VALUES (-1)',
    );

    const dump = await dumperOf(path).dump(AbortSignal.timeout(60_000));

    expect(dump.warnings).toEqual([
      `${path} has rows that break the rules of its own tables (CHECK constraint failed in stock). The copy has them as they are.`,
    ]);
    expect(await query(await copied(path), 'SELECT amount AS value FROM stock')).toBe(-1);
  });

  it('takes back in the copy what an application was in the middle of when it was killed', async () => {
    const path = join(folder, 'killed.db');
    const live = join(await mkdtemp(join(folder, 'live-')), 'bank.db');
    await makeBank(live, 20_000);
    const application = new Database(live, {});
    await application.exec('PRAGMA cache_size = 5; BEGIN; UPDATE accounts SET amount = 0');
    for (const ending of ['', '-journal']) await copyFile(`${live}${ending}`, `${path}${ending}`);
    await application.exec('ROLLBACK');
    application.close();
    const before = await readFile(`${path}-journal`);

    await dumperOf(path).check(AbortSignal.timeout(60_000));
    const copy = await copied(path);

    expect(await query(copy, 'SELECT sum(amount) AS value FROM accounts')).toBe(20_000 * 100);
    expect((await readFile(`${path}-journal`)).equals(before)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith('killed'))).toHaveLength(2);
  });

  it('refuses a damaged one also when hundreds of its rows break a CHECK', async () => {
    const path = join(folder, 'unsound-and-damaged.db');
    await change(
      path,
      `CREATE TABLE first (amount INTEGER CHECK (amount >= 0)); CREATE TABLE second (n INTEGER, text TEXT); CREATE INDEX by_n ON second (n);
       PRAGMA ignore_check_constraints = 1;
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO first SELECT -i FROM n;
       INSERT INTO second SELECT amount, 'x' FROM first;
       PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE INDEX by_n ON second (text)' WHERE name = 'by_n'`,
    );

    await expect(dumped(path)).rejects.toThrow(
      /unsound-and-damaged\.db is damaged \(row \d+ missing from index by_n/,
    );
  });

  it('says when so many rows are odd that it was not checked to its end', async () => {
    const path = join(folder, 'odd.db');
    await change(
      path,
      `CREATE TABLE odd (n INTEGER); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO odd SELECT NULL FROM n;
       PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE TABLE odd (n INTEGER NOT NULL)' WHERE name = 'odd'`,
    );

    const { warnings } = await dumperOf(path).dump(AbortSignal.timeout(60_000));

    expect(warnings).toEqual([
      expect.stringMatching(/NULL value in odd\.n.* it was not checked to its end\.$/),
    ]);
  });

  it('refuses a database that is damaged', async () => {
    const path = join(folder, 'damaged.db');
    await makeBank(path, 5000);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, 4096 * 4);
    await file.close();

    await expect(dumped(path)).rejects.toThrow(/The SQLite database .*damaged\.db is damaged/);
  });

  it('says what is wrong with a path that is no database, and makes no file', async () => {
    const text = join(folder, 'notes.txt');
    const drawer = join(folder, 'drawer');
    const missing = join(folder, 'missing.db');
    await writeFile(text, 'not a database, however long this text goes on '.repeat(100));
    await mkdir(drawer);

    await expect(dumped(text)).rejects.toThrow(`${text} is not a SQLite database, or it is encrypted.`);
    await expect(dumped(drawer)).rejects.toThrow(`${drawer} is not a file, so it is no SQLite database.`);
    await expect(dumped(missing)).rejects.toThrow(
      `There is no SQLite database ${missing}. Correct the path.`,
    );
    await expect(dumperOf(missing).check(AbortSignal.timeout(60_000))).rejects.toThrow(DatabaseError);
    await expect(open(missing)).rejects.toThrow(/ENOENT/);
  });

  it('gives up on a database that another program keeps for itself', async () => {
    const path = join(folder, 'busy.db');
    await makeBank(path, 10);
    const holder = new Database(path, {});
    await holder.exec('BEGIN EXCLUSIVE');

    const dumper = sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path, busyTimeout: 0.1 }));

    await expect(dumper.dump(AbortSignal.timeout(60_000))).rejects.toThrow(
      /was locked by another program for 0.1 s/,
    );
    await holder.exec('ROLLBACK');
    holder.close();
  });
});

/** The names and contents of the files in a folder. Of a `-shm` the size: who reads writes a mark into it. */
async function contentsOf(home: string) {
  const names = (await readdir(home)).sort();
  return Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(home, name));
      return [name, name.endsWith('-shm') ? content.length : content];
    }),
  );
}

function dumperOf(path: string) {
  return sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path }));
}

async function dumped(path: string): Promise<Buffer> {
  const dump = await dumperOf(path).dump(AbortSignal.timeout(60_000));
  return buffer(dump.content);
}

/** The library closes in a thread of its own, and takes the log away at its end. */
async function settled(path: string): Promise<void> {
  await vi.waitFor(() => expect(existsSync(`${path}-wal`)).toBe(false), 10_000);
}

/** The path of a file with the dump in it. */
async function copied(path: string): Promise<string> {
  const copy = join(await mkdtemp(join(folder, 'copy-')), 'copy.db');
  await writeFile(copy, await dumped(path));
  return copy;
}

async function change(path: string, sql: string): Promise<void> {
  const database = new Database(path, {});
  await database.exec(sql);
  database.close();
}

async function makeBank(path: string, accounts: number, journal = 'delete'): Promise<void> {
  const database = new Database(path, {});
  await database.exec(`PRAGMA journal_mode = ${journal}`);
  await database.exec('CREATE TABLE accounts (id INTEGER PRIMARY KEY, amount INTEGER, note TEXT)');
  await database.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${accounts})
     INSERT INTO accounts SELECT i, 100, hex(randomblob(30)) FROM n`,
  );
  database.close();
}

/** Transfers between the first and the last account, one transaction each, until it is stopped. */
function moveMoney(path: string) {
  const database = new Database(path, { timeout: 10_000 });
  let isStopped = false;

  const work = (async () => {
    let moved = 0;
    for (; !isStopped || moved === 0; moved++) {
      await database.exec(
        `BEGIN IMMEDIATE;
         UPDATE accounts SET amount = amount - 1 WHERE id = 1;
         UPDATE accounts SET amount = amount + 1 WHERE id = (SELECT max(id) FROM accounts);
         COMMIT`,
      );
    }
    database.close();
    return moved;
  })();

  return {
    stop() {
      isStopped = true;
      return work;
    },
  };
}

async function query(path: string, sql: string): Promise<unknown> {
  const database = new Database(path, {});
  const statement = await database.prepare(sql);
  const row = await statement.get();
  database.close();
  return row.value;
}
