import { buffer } from 'node:stream/consumers';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mysqlDumper } from '../../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../../src/databases/mysql/options.ts';
import { type Mariadb, startMariadb } from '../../../support/services/mariadb.ts';
import { load, type Place } from '../restore.ts';

let server: Mariadb;
let owner: Place;
let reader: Place;

beforeAll(async () => {
  server = await startMariadb();
});

beforeEach(async () => {
  owner = { ...server.root, database: (await server.database()).database };
  await load(
    owner,
    `CREATE TABLE goods (id int PRIMARY KEY, name varchar(20)); CREATE TABLE hidden (id int);
     CREATE TRIGGER watch BEFORE INSERT ON goods FOR EACH ROW SET NEW.id = NEW.id;
     CREATE PROCEDURE greet() SELECT 1;
     CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DISABLE DO DO 1;
     CREATE VIEW names AS SELECT name FROM goods;`,
  );
  const user = `reader_${owner.database}`;
  await asRoot(`CREATE USER '${user}'@'%' IDENTIFIED BY 'reader-password'`);
  reader = { ...owner, user, password: 'reader-password' };
});

afterAll(() => server?.stop());

describe.each(['client', 'embedded'] as const)(
  'a user from whom the server hides something (%s)',
  (dumper) => {
    it.each([
      ['triggers', 'SELECT, SHOW VIEW, EVENT ON DB.*', 'TRIGGER'],
      ['events', 'SELECT, SHOW VIEW, TRIGGER ON DB.*', 'EVENT'],
      ['views', 'SELECT, TRIGGER, EVENT ON DB.*', 'SHOW VIEW'],
      ['tables', 'TRIGGER, SHOW VIEW, EVENT ON DB.*; SELECT ON DB.goods', 'SELECT'],
      ['tables', 'TRIGGER, SHOW VIEW, EVENT ON DB.*; SELECT (id) ON DB.goods', 'SELECT'],
    ])(
      'is refused at a check and at a dump for %s, and the sentence says what cures it',
      async (hidden, grants, privilege) => {
        await grant(grants);
        await grant('SELECT ON mysql.proc');
        const refused = new RegExp(
          `would lack ${hidden}: .*Say on the server: (GRANT ${privilege} ON \`${owner.database}\`\\.\\* TO '${reader.user}'@'%';)`,
        );

        await expect(dumperOf({ dumper }).dump(signal())).rejects.toThrow(refused);
        const problem = await dumperOf({ dumper })
          .check(signal())
          .catch((error: Error) => error.message);
        const [, cure = ''] = refused.exec(String(problem)) ?? [];
        await asRoot(cure);

        const after = await attempt({ dumper });
        expect(after).toMatch(
          dumper === 'client' ? /^whole$/ : /because of the procedure greet and the event tidy/,
        );
      },
    );

    it('is refused for routines whose names or bodies it may not see', async () => {
      await grant('SELECT, SHOW VIEW, TRIGGER, EVENT ON DB.*');
      const names = await attempt({ dumper });
      await grant('EXECUTE ON DB.*');
      const bodies = await attempt({ dumper });

      for (const problem of [names, bodies])
        expect(problem).toMatch(/would lack routines: .*GRANT SELECT ON `mysql`\.`proc` TO 'reader_/);
    });
  },
);

describe('a user who sees all that a dump takes', () => {
  it('dumps it all, by a role that is in force', async () => {
    const role = `backup_${owner.database}`;
    await asRoot(`CREATE ROLE ${role}`);
    await asRoot(`GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON \`${owner.database}\`.* TO ${role}`);
    await asRoot(`GRANT SELECT ON mysql.proc TO ${role}`);
    await grant(role);
    const before = await attempt({});
    await asRoot(`SET DEFAULT ROLE ${role} FOR '${reader.user}'@'%'`);

    expect(before).toMatch(/may not use the database|would lack tables/);
    expect(await attempt({})).toBe('whole');
  });

  it('dumps a single table with the rights on it alone', async () => {
    await grant('SELECT, TRIGGER ON DB.goods; EVENT ON DB.*; SELECT ON mysql.proc');

    expect(await attempt({ includeTables: ['goods'] })).toBe('whole');
  });

  it('needs no right for what it leaves out', async () => {
    await grant('SELECT, SHOW VIEW ON DB.*');
    const extraArguments = ['--skip-triggers', '--skip-routines', '--skip-events'];

    const dump = await dumperOf({ extraArguments }).dump(signal());
    const text = (await buffer(dump.content)).toString();

    expect(text).toContain('CREATE TABLE `goods`');
    expect(text).not.toMatch(/TRIGGER|PROCEDURE `|EVENT `/);
    expect(dump.facts().objects).toMatchObject({ tables: 2, views: 1, triggers: 0, routines: 0, events: 0 });
  });

  it('finds in the manifest how many of each kind a dump has', async () => {
    await grant('SELECT, SHOW VIEW, TRIGGER, EVENT ON DB.*; SELECT ON mysql.proc');

    const dump = await dumperOf({}).dump(signal());
    await buffer(dump.content);

    expect(dump.facts().objects).toEqual({
      tables: 2,
      views: 1,
      sequences: 0,
      routines: 1,
      triggers: 1,
      events: 1,
    });
    expect(dump.facts().definers).toEqual([expect.stringMatching(/^root@/)]);
    expect(dump.warnings).toEqual([]);
  });
});

async function attempt(options: Partial<MysqlOptions>): Promise<string> {
  try {
    const { content, facts } = await dumperOf(options).dump(signal());
    await buffer(content);
    return facts().tables.length > 0 ? 'whole' : 'empty';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function dumperOf(options: Partial<MysqlOptions>) {
  return mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...reader, ...options }));
}

function signal(): AbortSignal {
  return AbortSignal.timeout(60_000);
}

async function grant(words: string): Promise<void> {
  for (const one of words.replaceAll('DB', `\`${owner.database}\``).split('; '))
    await asRoot(`GRANT ${one} TO '${reader.user}'@'%'`);
}

async function asRoot(sql: string): Promise<void> {
  const connection = await createConnection({ ...server.root });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
