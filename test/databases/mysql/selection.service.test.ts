import { buffer } from 'node:stream/consumers';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import { type Mariadb, startMariadb } from '../../support/services/mariadb.ts';
import { load, type Place } from './restore.ts';

/** What both dumpers carry, and what stands on what of it. */
const plain = `
  CREATE TABLE z_customers (id int PRIMARY KEY);
  CREATE TABLE a_invoices (id int PRIMARY KEY, customer int, FOREIGN KEY (customer) REFERENCES z_customers (id));
  CREATE TABLE log (id int AUTO_INCREMENT PRIMARY KEY, words text);
  CREATE TABLE \`odd-name\` (id int PRIMARY KEY);
  CREATE VIEW a_over_log AS SELECT o.id, l.words FROM \`odd-name\` o LEFT JOIN log l ON l.id = o.id;
  CREATE VIEW b_over_a AS SELECT count(*) AS n FROM a_over_log;
  CREATE VIEW c_only_text AS SELECT id, 'not \`log\`, and not a \\'.\`log\`' AS words FROM \`odd-name\`;
  CREATE VIEW z_good AS SELECT id FROM \`odd-name\`;
  CREATE TRIGGER writes_log AFTER INSERT ON \`odd-name\` FOR EACH ROW INSERT INTO log (words) VALUES ('one');
  INSERT INTO z_customers VALUES (1);
  INSERT INTO a_invoices VALUES (1, 1), (2, NULL);
  INSERT INTO \`odd-name\` VALUES (7);`;

/** What takes a client program. */
const sequences = `
  CREATE SEQUENCE z_numbers START WITH 100;
  CREATE TABLE a_orders (id bigint PRIMARY KEY DEFAULT nextval(z_numbers), n int COMMENT 'nextval(\`SOURCE\`.\`z_numbers\`)');
  CREATE TABLE b_empty (id bigint PRIMARY KEY DEFAULT (next value for z_numbers), words text);
  CREATE VIEW d_next AS SELECT lastval(z_numbers) AS n, 'nextval(\`SOURCE\`.\`z_numbers\`)' AS words;
  CREATE PROCEDURE old_one() SELECT 1;
  ALTER DATABASE \`SOURCE\` CHARACTER SET latin1;
  CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;
  CREATE VIEW e_twice AS SELECT twice(id) AS n FROM \`odd-name\`;
  CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM log;
  INSERT INTO a_orders (n) VALUES (1), (2);
  INSERT INTO b_empty (words) VALUES ('nextval(\`SOURCE\`.\`z_numbers\`)'), ('\\n  \`x\` nextval(\`SOURCE\`.\`z_numbers\`)');`;

const selections: Partial<MysqlOptions>[] = [
  {},
  { excludeTables: ['log'] },
  { excludeTables: ['z_customers'] },
  { excludeTables: ['a_over_log'] },
  { excludeTables: ['log', 'z_customers', 'z_good'], schemaOnlyTables: ['a_invoices'] },
  { schemaOnlyTables: ['log'] },
  { schemaOnlyTables: ['z_customers'] },
  { schemaOnlyTables: ['odd-name', 'a_invoices', 'log', 'z_customers'] },
  { includeTables: ['a_invoices'] },
  { includeTables: ['odd-name', 'z_good'] },
  { includeTables: ['odd-name', 'log', 'a_over_log', 'b_over_a'], schemaOnlyTables: ['log'] },
  { includeTables: ['log'], schemaOnlyTables: ['log'] },
];

const selectionsOfMore: Partial<MysqlOptions>[] = [
  { excludeTables: ['z_numbers'] },
  { excludeTables: ['z_numbers', 'a_orders', 'b_empty'] },
  { schemaOnlyTables: ['a_orders', 'b_empty'] },
  { schemaOnlyTables: ['z_numbers'] },
  { includeTables: ['a_orders'] },
  { includeTables: ['a_orders', 'z_numbers'] },
  { includeTables: ['a_orders', 'b_empty'], schemaOnlyTables: ['a_orders', 'b_empty'] },
  { includeTables: ['z_numbers'] },
  { includeTables: ['d_next'] },
  { includeTables: ['odd-name', 'e_twice'] },
  { extraArguments: ['--skip-triggers', '--skip-routines', '--skip-events'], excludeTables: ['e_twice'] },
];

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

describe('a dump of a part, loaded into an empty database where there is no other', () => {
  it.each([...selections, ...selectionsOfMore])('by the client program, with %j', async (options) => {
    await load(source, plain + sequences.replaceAll('SOURCE', source.database));

    const { content } = await dumped({ ...options, dumper: 'client' });
    await run(`DROP DATABASE \`${source.database}\``);
    await load(target, content);

    await expectWhole(options);
  });

  it.each(selections)('by the embedded dumper, with %j', async (options) => {
    await load(source, plain);

    const { content } = await dumped({ ...options, dumper: 'embedded' });
    await run(`DROP DATABASE \`${source.database}\``);
    await load(target, content);

    await expectWhole(options);
  });
});

describe.each(['client', 'embedded'] as const)('what a selection leaves behind (%s)', (dumper) => {
  it('is said of views that read what is left out, and of views over them', async () => {
    await load(source, plain);

    const { warnings } = await dumped({ dumper, excludeTables: ['log'] });

    expect(warnings).toContainEqual(
      'Views over tables that are left out cannot be loaded, so they are left out, too: a_over_log (reads log) and b_over_a (reads a_over_log). To keep a view, name its table in schemaOnlyTables instead.',
    );
    expect(warnings).toContainEqual(
      expect.stringMatching(/fail when they run .*: trigger writes_log \(log\)\.$/),
    );
  });

  it('is said of foreign keys', async () => {
    await load(source, plain);

    const absent = await dumped({ dumper, excludeTables: ['z_customers'] });
    const empty = await dumped({ dumper, schemaOnlyTables: ['z_customers'] });

    expect(absent.warnings).toContainEqual(
      expect.stringContaining('Foreign keys lead to tables that are left out: a_invoices to z_customers.'),
    );
    expect(empty.warnings).toContainEqual(
      expect.stringContaining('Foreign keys lead to rows that are left out: a_invoices to z_customers.'),
    );
  });

  it('is refused when it is what a view to include reads', async () => {
    await load(source, plain);

    await expect(dumped({ dumper, includeTables: ['odd-name', 'b_over_a'] })).rejects.toThrow(
      /could not be loaded: of the views to include b_over_a reads a_over_log, which includeTables leaves out\. Add a_over_log to includeTables/,
    );
  });
});

it('says which sequences a dump has although they were not asked for', async () => {
  await load(source, plain + sequences.replaceAll('SOURCE', source.database));

  const { warnings } = await dumped({ includeTables: ['a_orders'] });

  expect(warnings).toContainEqual(
    'The dump also has what its tables take values from: the sequence z_numbers.',
  );
});

/** All that is loaded can be used: rows are there, views can be read, tables take rows by their defaults. */
async function expectWhole(options: Partial<MysqlOptions>): Promise<void> {
  const tables = await run(
    'SELECT TABLE_NAME AS name, TABLE_TYPE AS type, TABLE_COMMENT AS comment FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  const names = tables.map(({ name }) => name);
  for (const name of options.includeTables ?? []) expect(names).toContain(name);
  for (const { name, type } of tables) {
    const rows = await run(`SELECT * FROM \`${name}\``);
    const isEmpty = (options.schemaOnlyTables ?? []).includes(name);
    if (type === 'BASE TABLE') expect([name, rows.length > 0]).toEqual([name, !isEmpty]);
  }
  if (names.includes('a_orders')) {
    await run('INSERT INTO a_orders (n) VALUES (3)');
    const [made] = await run("SHOW COLUMNS FROM a_orders LIKE 'id'");
    expect(made?.Default).toBe(`nextval(\`${target.database}\`.\`z_numbers\`)`);
    const [commented] = await run("SHOW FULL COLUMNS FROM a_orders LIKE 'n'");
    expect(commented?.Comment).toBe(`nextval(\`${source.database}\`.\`z_numbers\`)`);
  }
  if (names.includes('b_empty') && !(options.schemaOnlyTables ?? []).includes('b_empty'))
    expect((await run('SELECT words FROM b_empty ORDER BY id')).map(({ words }) => words)).toEqual([
      `nextval(\`${source.database}\`.\`z_numbers\`)`,
      `\n  \`x\` nextval(\`${source.database}\`.\`z_numbers\`)`,
    ]);
}

async function dumped(options: Partial<MysqlOptions>) {
  const dumper = mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...source, ...options }));
  const dump = await dumper.dump(AbortSignal.timeout(60_000));
  return { content: await buffer(dump.content), warnings: dump.warnings };
}

async function run(sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(target);
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0];
  } finally {
    await connection.end();
  }
}
