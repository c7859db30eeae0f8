import { buffer } from 'node:stream/consumers';
import { execa } from 'execa';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import { type Mariadb, startOwnMariadb } from '../../support/services/mariadb.ts';
import { load, type Place } from './restore.ts';

let server: Mariadb;
let source: Place;
let copy: Place;

beforeAll(async () => {
  server = await startOwnMariadb();
});

beforeEach(async () => {
  source = { ...server.root, database: (await server.database()).database };
  copy = { ...server.root, database: (await server.database()).database };
});

afterAll(() => server?.stop());

describe('a dump that is loaded beside its live database, under another name', () => {
  it('leaves the character set and the sequences of the live one as they are', async () => {
    await load(
      source,
      `CREATE SEQUENCE numbers; CREATE TABLE orders (id bigint PRIMARY KEY DEFAULT nextval(numbers), n int);
       CREATE PROCEDURE old_one() SELECT 1; CREATE FUNCTION older() RETURNS text RETURN 'ALTER DATABASE';
       ALTER DATABASE \`${source.database}\` CHARACTER SET latin1;`,
    );
    const { content, facts, warnings } = await dumped({});
    await run(source, `ALTER DATABASE \`${source.database}\` CHARACTER SET utf8mb4`);

    await load(copy, content);
    await run(copy, 'INSERT INTO orders (n) VALUES (1)');

    expect(await charsetOf(source)).toBe('utf8mb4');
    expect(await run(source, 'SELECT nextval(numbers) AS next')).toEqual([{ next: 1 }]);
    expect(content.toString()).toMatch(/^ALTER DATABASE CHARACTER SET utf8mb4/m);
    expect(facts().tiedToName).toEqual([]);
    expect(warnings).toEqual([]);
    const [routine] = await run(copy, 'SHOW CREATE PROCEDURE old_one');
    expect(routine?.['Database Collation']).toMatch(/^utf8mb4/);
  });

  it('is said to use the live one where views, triggers, routines and events name it', async () => {
    const name = `\`${source.database}\``;
    await load(
      source,
      `CREATE TABLE goods (id int); CREATE TABLE log (id int); CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;
       CREATE VIEW plain AS SELECT id FROM goods;
       CREATE VIEW aliased AS SELECT ${name}.id FROM goods ${name};
       CREATE VIEW by_function AS SELECT ${name}.twice(id) AS n FROM goods;
       CREATE TRIGGER quiet AFTER INSERT ON goods FOR EACH ROW INSERT INTO log VALUES (1);
       CREATE TRIGGER loud AFTER DELETE ON goods FOR EACH ROW INSERT INTO ${source.database} . log VALUES (1);
       CREATE PROCEDURE writes() INSERT INTO ${name}.log VALUES (2);
       CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM ${name}.log;`,
    );

    const { facts, warnings } = await dumped({});

    const tied = ['view by_function', 'trigger loud', 'procedure writes', 'event tidy'];
    expect(facts().tiedToName).toEqual(tied);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^These name the database \w+ themselves: view by_function, trigger loud, procedure writes and event tidy\. Loaded under another name they still use, and may change, \w+: /,
      ),
    ]);
  });
});

describe.each(['client', 'embedded'] as const)('a row that is longer than a packet (%s)', (dumper) => {
  it('is dumped, and the run says what it takes to load it', async () => {
    if (dumper === 'embedded') await run(source, 'SET GLOBAL max_allowed_packet = 1048576');
    const bytes = dumper === 'client' ? 10 * 2 ** 20 : 2 ** 20 - 5000;
    await run(source, 'CREATE TABLE a (id int PRIMARY KEY, x longblob)');
    await run(source, `INSERT INTO a SELECT 1, REPEAT(UNHEX('00FF'), ${bytes / 2})`);

    const { content, facts, warnings } = await dumped({ dumper });
    const longest = facts().longestStatementInBytes ?? 0;

    expect(longest).toBeGreaterThan(bytes * 2);
    expect(longest).toBeLessThan(bytes * 2 + 4000);
    expect(warnings.join()).toMatch(
      /^The longest statement of the dump has [\d.]+ MiB\. It is loaded with mariadb --max-allowed-packet=1G, once the server takes it, too \(now [\d.]+ MiB\): SET GLOBAL max_allowed_packet = 1073741824;$/,
    );
    await expect(load(copy, content)).rejects.toThrow(/packet|gone away|Lost connection/);
    await run(copy, 'SET GLOBAL max_allowed_packet = 1073741824');
    const { host, port, user, password, database } = copy;
    await execa(
      'mariadb',
      ['--no-defaults', `-h${host}`, `-P${port}`, `-u${user}`, '--max-allowed-packet=1G', database],
      { env: { MYSQL_PWD: password }, input: content },
    );
    expect(await run(copy, 'SELECT OCTET_LENGTH(x) AS bytes FROM a')).toEqual([{ bytes }]);
    await run(copy, 'SET GLOBAL max_allowed_packet = 16777216');
  });
});

it('writes statements that a server with small packets can load', async () => {
  await run(source, 'SET GLOBAL max_allowed_packet = 131072');
  await load(
    source,
    "CREATE TABLE a (id int PRIMARY KEY, x text); INSERT INTO a SELECT seq, REPEAT('x', 1000) FROM seq_1_to_2000",
  );

  const { content, facts, warnings } = await dumped({ dumper: 'client' });
  await load(copy, content);

  expect(facts().longestStatementInBytes).toBeLessThan(131_072);
  expect(warnings).toEqual([]);
  expect(await run(copy, 'SELECT count(*) AS n FROM a')).toEqual([{ n: 2000 }]);
  await run(source, 'SET GLOBAL max_allowed_packet = 16777216');
});

async function dumped(options: Partial<MysqlOptions>) {
  const dumper = mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...source, ...options }));
  const dump = await dumper.dump(AbortSignal.timeout(60_000));
  return { ...dump, content: await buffer(dump.content) };
}

async function charsetOf(place: Place): Promise<unknown> {
  const [row] = await run(
    place,
    'SELECT DEFAULT_CHARACTER_SET_NAME AS charset FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()',
  );
  return row?.charset;
}

async function run(place: Place, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(place);
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0];
  } finally {
    await connection.end();
  }
}
