import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dump } from '../../../src/databases/dumper.ts';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import { type Mariadb, startMariadb } from '../../support/services/mariadb.ts';
import { checksums, load, objects, type Place } from './restore.ts';

let server: Mariadb;
let source: Place;
let target: Place;

beforeAll(async () => {
  server = await startMariadb();
});

beforeEach(async () => {
  source = { ...server.root, database: (await server.database()).database };
  target = { ...server.root, database: (await server.database()).database };
});

afterAll(() => server?.stop());

describe('a dump by the client program', () => {
  it('restores to the same rows and objects, whatever is in the database', async () => {
    await load(source, await sql('plain.sql'));
    await load(source, await sql('everything.sql'));

    const { content, dump } = await dumped({ dumper: 'client' });
    await load(target, content);

    expect(await checksums(target)).toEqual(await checksums(source));
    expect(await objects(target)).toEqual(await objects(source));
    expect(dump.warnings).toContainEqual(
      expect.stringMatching(/^Not transactional.*: old_engine \(MyISAM\)/),
    );
  });

  it('can be loaded by any client: the line that only some of them read is not in it', async () => {
    await load(source, await sql('plain.sql'));

    const { content } = await dumped({ dumper: 'client' });

    expect(content.toString('utf8', 0, 200)).not.toContain('sandbox mode');
    expect(content.toString('utf8', 0, 20)).toContain('-- MariaDB dump');
  });

  it('counts the rows of each table as they pass', async () => {
    await load(source, await sql('plain.sql'));

    const { dump } = await dumped({ dumper: 'client' });

    expect(dump.facts()).toMatchObject({
      program: expect.stringMatching(/^(mariadb-dump|mysqldump) \d+\.\d+/),
      server: expect.stringMatching(/^\d+\.\d+/),
      tables: expect.arrayContaining([
        { name: 'a_child', rows: 3 },
        { name: 'every number', rows: 5 },
        { name: 'nothing', rows: 0 },
        { name: 'parted', rows: 4 },
      ]),
    });
  });

  it('leaves out what it is told to, and the rows of tables wanted without them', async () => {
    await load(source, await sql('plain.sql'));

    const { content } = await dumped({
      dumper: 'client',
      excludeTables: ['parted'],
      schemaOnlyTables: ['z_parent', 'every_text'],
    });
    await load(target, content);

    const sums = await checksums(target);
    expect(sums).not.toHaveProperty('parted');
    expect(sums).toMatchObject({
      z_parent: '0',
      every_text: '0',
      every_time: (await checksums(source)).every_time,
    });
    expect((await objects(target)).join()).toContain('strict_names');
    expect((await objects(target)).join()).toContain('a_names');
  });

  it.each([
    [['z_parent', 'parted'], []],
    [
      ['z_parent', 'parted'],
      ['z_parent', 'parted'],
    ],
  ])('takes only the tables %j, of which %j without rows', async (includeTables, schemaOnlyTables) => {
    await load(source, await sql('plain.sql'));

    const { content } = await dumped({ dumper: 'client', includeTables, schemaOnlyTables });
    await load(target, content);

    expect(Object.keys(await checksums(target))).toEqual(['parted', 'z_parent']);
  });
});

describe('a dump by the embedded dumper', () => {
  it('restores a plain database to the same rows and objects', async () => {
    await load(source, await sql('plain.sql'));

    const { content, dump } = await dumped({ dumper: 'embedded' });
    await load(target, content);

    expect(await checksums(target)).toEqual(await checksums(source));
    expect(await objects(target)).toEqual(await objects(source));
    expect(dump.facts().program).toMatch(/^npm mysqldump \d/);
  });

  it('leaves out what it is told to, and the rows of tables wanted without them', async () => {
    await load(source, await sql('plain.sql'));

    const { content } = await dumped({
      dumper: 'embedded',
      excludeTables: ['parted'],
      schemaOnlyTables: ['every_text'],
    });
    await load(target, content);

    const sums = await checksums(target);
    expect(sums).not.toHaveProperty('parted');
    expect(sums).toMatchObject({ every_text: '0', every_time: (await checksums(source)).every_time });
  });

  it('dumps an empty database', async () => {
    const { content } = await dumped({ dumper: 'embedded' });

    await load(target, content);

    expect(content.toString()).toMatch(/\n-- Dump completed\n$/);
  });

  it('sees one moment, whatever is written while it dumps', async () => {
    await load(
      source,
      'CREATE TABLE a (n int); CREATE TABLE z (n int); INSERT INTO a VALUES (1); INSERT INTO z VALUES (1);',
    );
    const writer = await createConnection(source);
    await writer.query('CREATE TABLE gate (n int)');
    const dump = await dumperOf({ dumper: 'embedded' }).dump(AbortSignal.timeout(60_000));

    await writer.query('LOCK TABLES gate WRITE, z WRITE');
    const content = buffer(dump.content);
    await someoneWaits(writer);
    await writer.query('UPDATE z SET n = 2');
    await writer.query('UNLOCK TABLES');
    await load(target, await content);
    await writer.end();

    const { a, z } = await checksums(target);
    expect(z).toBe(a);
  });

  it('takes turns when several databases are dumped at once', async () => {
    await load(source, await sql('plain.sql'));

    const contents = await Promise.all([1, 2, 3].map(() => dumped({ dumper: 'embedded' })));

    const [first, ...others] = contents.map(({ content }) => content.toString());
    expect(others).toEqual([first, first]);
  });

  it.each([
    [
      'a routine',
      'CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2',
      'the function twice',
    ],
    ['an event', 'CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DO DO 1', 'the event tidy'],
    ['a generated column', 'CREATE TABLE t (a int, b int AS (a + 1))', 'the generated column t.b'],
    ['an invisible column', 'CREATE TABLE t (a int, b int INVISIBLE)', 'the invisible column t.b'],
    ['a spatial column', 'CREATE TABLE t (a point)', 'the column t.a of type point'],
    ['a column of a type of its own', 'CREATE TABLE t (a inet6)', 'the column t.a of type inet6'],
    ['a back-tick in a name', 'CREATE TABLE `t``t` (a int)', 'the table name "t`t"'],
    ['a back-tick in a column', 'CREATE TABLE t (`a``b` int)', 'the column name "a`b"'],
    ['a dollar in a name', 'CREATE TABLE `t$` (a int)', 'the table name "t$"'],
    ['a name JavaScript keeps for itself', 'CREATE TABLE t (`__proto__` int)', 'the column name "__proto__"'],
    ['a sequence', 'CREATE SEQUENCE s', 'the sequence s'],
    ['a history', 'CREATE TABLE t (a int) WITH SYSTEM VERSIONING', 'the system versioned t'],
    [
      'a trigger it would cut in two',
      "CREATE TABLE t (a text); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = ';;'",
      'the trigger g',
    ],
  ])('refuses %s, by name', async (_, statement, name) => {
    const connection = await createConnection({ ...source, multipleStatements: true });
    await connection.query(statement);
    await connection.end();

    const dump = dumped({ dumper: 'embedded' });

    await expect(dump).rejects.toThrow(
      `because of ${name}. Install a client: apt-get install mariadb-client.`,
    );
  });

  it.each([
    ['rows', "SELECT REPEAT('x', 262144) FROM seq_1_to_80", 'its size (20.0 MiB, at most 16.0 MiB)'],
    ['a row', "SELECT REPEAT('x', 1100000)", 'a row of 1.0 MiB'],
  ])('refuses %s that would not fit into memory', async (_, rows, problem) => {
    await load(source, `CREATE TABLE large (a mediumblob); INSERT INTO large ${rows}`);

    await expect(dumped({ dumper: 'embedded' })).rejects.toThrow(`because of ${problem}. Install a client`);
  });
});

async function dumped(options: Partial<MysqlOptions>): Promise<{ content: Buffer; dump: Dump }> {
  const dump = await dumperOf(options).dump(AbortSignal.timeout(60_000));
  return { content: await buffer(dump.content), dump };
}

function dumperOf(options: Partial<MysqlOptions>) {
  return mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...source, ...options }));
}

/** Once a query waits for a table that `holder` has locked. */
async function someoneWaits(holder: Connection): Promise<void> {
  const waiting =
    "SELECT 1 FROM information_schema.PROCESSLIST WHERE db = DATABASE() AND state LIKE 'Waiting for table%'";
  let found: RowDataPacket[] = [];
  while (found.length === 0) [found] = await holder.query<RowDataPacket[]>(waiting);
}

function sql(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}
