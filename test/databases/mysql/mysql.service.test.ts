import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../src/databases/dumper.ts';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import { type Mariadb, startMariadb } from '../../support/services/mariadb.ts';
import { freePort } from '../../support/services/port.ts';
import { closed } from '../closed.ts';
import { honoursTheDumperContract } from '../dumper-contract.ts';
import { load, type Place } from './restore.ts';

/** Everything an option file or a shell could trip over. */
const canary = 'canary "quoted\' #hash \\n \\\\ $HOME;`id` é🦄 =[x] ';

let server: Mariadb;
let shop: Place;
let large: Place;

beforeAll(async () => {
  server = await startMariadb();
  shop = await server.database();
  await load(
    shop,
    "CREATE TABLE goods (id int PRIMARY KEY, name varchar(50)); INSERT INTO goods VALUES (1, 'anchor')",
  );
  large = await server.database();
  // More than all the buffers between the server and a reader that does not read.
  await load(
    large,
    "CREATE TABLE goods (id int PRIMARY KEY, name text) SELECT seq AS id, REPEAT('x', 1000) AS name FROM seq_1_to_30000",
  );
});

afterAll(() => server?.stop());

describe('mysql dumper with the client program', () => {
  honoursTheDumperContract(() => dumperOf({ ...large, dumper: 'client' }));

  it('fails when the server ends the connection in the middle', async () => {
    const { content } = await dumperOf({ ...large, dumper: 'client' }).dump(AbortSignal.timeout(60_000));

    // Nobody reads yet, so the program has to wait with most of it.
    content.once('readable', async () => {
      await killConnectionsOf(large);
      content.resume();
    });
    await closed(content);

    expect(content.errored).toBeInstanceOf(DatabaseError);
    expect(content.errored?.message).toMatch(
      /ended with code \d+. It said: .*(Lost connection|Connection was killed)/,
    );
  });

  it('fails when the program is killed, and says by what', async () => {
    const { content } = await dumperOf({ ...large, dumper: 'client' }).dump(AbortSignal.timeout(60_000));

    content.once('readable', async () => {
      for (const { pid } of await dumpPrograms()) process.kill(pid, 'SIGTERM');
      content.resume();
    });
    await closed(content);

    expect(content.readableEnded).toBe(false);
    expect(content.errored?.message).toMatch(/ was killed by SIGTERM\./);
  });

  it('keeps the password from whoever looks at the program', async () => {
    const place = await withPassword(large, canary);
    const dump = await dumperOf({ ...place, dumper: 'client' }).dump(AbortSignal.timeout(60_000));
    let seen: { pid: number; text: string }[] = [];

    dump.content.once('readable', async () => {
      seen = await dumpPrograms();
      dump.content.resume();
    });
    await closed(dump.content);

    expect(dump.content.errored).toBeNull();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('--defaults-file=');
    expect(seen[0]?.text).not.toContain('canary');
  });

  it('shows the program nothing of the environment that could be a secret or change what it does', async () => {
    process.env.OTHER_SECRET = 'canary';
    process.env.MYSQL_PWD = 'wrong';
    const dump = await dumperOf({ ...large, dumper: 'client' }).dump(AbortSignal.timeout(60_000));
    let seen: { pid: number; text: string }[] = [];

    dump.content.once('readable', async () => {
      seen = await dumpPrograms();
      dump.content.resume();
    });
    await closed(dump.content);
    delete process.env.OTHER_SECRET;
    delete process.env.MYSQL_PWD;

    expect(dump.content.errored).toBeNull();
    expect(seen[0]?.text).not.toMatch(/canary|MYSQL_PWD/);
  });

  it('keeps the password out of what the program says', async () => {
    const place = await withPassword(shop, canary.trim());
    const dump = await dumperOf({
      ...place,
      dumper: 'client',
      extraArguments: [`--no-such-${canary.trim()}`],
    }).dump(AbortSignal.timeout(60_000));

    await closed(dump.content.resume());

    expect(dump.content.errored?.message).toMatch(/It said: .*no-such-•••/s);
    expect(dump.content.errored?.message).not.toContain('canary');
  });

  it('goes through a socket', async () => {
    if (server.socket === undefined) return;
    const user = { user: 'root', password: server.root.password };

    const dump = await dumperOf({
      ...shop,
      ...user,
      socket: server.socket,
      host: 'nowhere.invalid',
      dumper: 'client',
    }).dump(AbortSignal.timeout(60_000));

    expect((await buffer(dump.content)).toString()).toContain("(1,'anchor')");
  });

  it('says so when there is no program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-client-'));

    const dump = dumperOf({ ...shop, dumper: 'client', binaryPath: folder }).dump(
      AbortSignal.timeout(60_000),
    );

    await expect(dump).rejects.toThrow(`there is no mariadb-dump or mysqldump in ${folder}. Install one`);
    await rm(folder, { recursive: true });
  });
});

describe('mysql dumper without a client program', () => {
  honoursTheDumperContract(() => dumperOf({ ...shop, dumper: 'embedded' }));

  it('is chosen when there is none, and the report says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-client-'));
    const dump = await dumperOf({ ...shop, binaryPath: folder }).dump(AbortSignal.timeout(60_000));

    const content = await buffer(dump.content);

    expect(content.toString()).toContain("(1,'anchor')");
    expect(dump.facts().program).toMatch(/^npm mysqldump/);
    await rm(folder, { recursive: true });
  });

  it('fails, and only itself, when the server ends the connection in the middle', async () => {
    const { content } = await dumperOf({ ...shop, dumper: 'embedded' }).dump(AbortSignal.timeout(60_000));
    const holder = await createConnection(shop);
    await holder.query('LOCK TABLES goods WRITE');

    content.resume();
    await killWaiting(shop);
    await closed(content);
    await holder.end();

    expect(content.errored).toBeInstanceOf(DatabaseError);
    expect(content.errored?.message).toMatch(/the connection was lost/);
  });
});

describe.each(['client', 'embedded'] as const)('mysql dumper (%s) that cannot begin', (dumper) => {
  it('says that the password is wrong, without showing it', async () => {
    const dump = attempt({ ...shop, password: canary, dumper });

    await expect(dump).rejects.toThrow(DatabaseError);
    await expect(dump).rejects.toThrow(/ said no: user or password is wrong for "holdfast_\w+"/);
    await expect(dump).rejects.not.toThrow(/canary/);
  });

  it('says that there is no such database', async () => {
    const dump = attempt({ ...server.root, database: 'shpo', dumper });

    await expect(dump).rejects.toThrow(/^mysql shpo on .* said no: there is no database "shpo"/);
  });

  it('says that a table to include is not there, and which one may be meant', async () => {
    const dump = attempt({ ...shop, includeTables: ['good'], dumper });

    await expect(dump).rejects.toThrow(/There is no table "good" in mysql .*\. Did you mean "goods"\?/);
  });

  it('says that nothing listens there', async () => {
    const dump = attempt({ ...shop, port: await freePort(), dumper });

    await expect(dump).rejects.toThrow(/^Could not reach mysql .*: nothing listens there/);
  });

  it('says that nobody knows the host', async () => {
    const dump = attempt({ ...shop, host: 'no-such-host.invalid', dumper });

    await expect(dump).rejects.toThrow(/no address is known for no-such-host.invalid/);
  });

  it('says that a socket is not there', async () => {
    const dump = attempt({ ...shop, socket: '/nowhere/mysql.sock', dumper });

    await expect(dump).rejects.toThrow(/there is no \/nowhere\/mysql.sock/);
  });

  it('gives up on a server that takes the connection and says nothing', async () => {
    const silent = await silentServer();

    const dump = attempt({ ...shop, port: silent.port, connectTimeout: 0.3, dumper });

    await expect(dump).rejects.toThrow(/^Could not reach mysql .*: it did not answer within 0.3 s/);
    silent.server.close();
  });

  it('says no to a server that cannot show who it is', async () => {
    const dump = attempt({ ...shop, tls: true, dumper });

    await expect(dump).rejects.toThrow(/^mysql .* said no: .*(SSL|TLS|secure|certificate)/i);
  });
});

function dumperOf(options: Partial<MysqlOptions>) {
  return mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...options }));
}

async function attempt(options: Partial<MysqlOptions>): Promise<void> {
  const { content } = await dumperOf(options).dump(AbortSignal.timeout(60_000));
  content.destroy();
}

async function withPassword(place: Place, password: string): Promise<Place> {
  const root = await createConnection(server.root);
  await root.query('CREATE OR REPLACE USER canary IDENTIFIED BY ?', [password]);
  await root.query(`GRANT ALL ON \`${place.database}\`.* TO canary`);
  await root.end();
  return { ...place, user: 'canary', password };
}

/** The client programs this process started: their arguments and environment, as anybody of this user sees them. */
async function dumpPrograms(): Promise<{ pid: number; text: string }[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const pids = children.split(' ').filter(Boolean).map(Number);
  const programs = await Promise.all(
    pids.map(async (pid) => ({
      pid,
      text: `${await readFile(`/proc/${pid}/cmdline`, 'utf8')} ${await readFile(`/proc/${pid}/environ`, 'utf8')}`,
    })),
  );
  return programs.filter(({ text }) => text.includes('--single-transaction'));
}

async function killConnectionsOf({ user }: Place, which = 'TRUE'): Promise<number> {
  const root = await createConnection(server.root);
  const [found] = await root.query<RowDataPacket[]>(
    `SELECT id FROM information_schema.PROCESSLIST WHERE user = ? AND ${which}`,
    [user],
  );
  for (const { id } of found) await root.query(`KILL ${id}`);
  await root.end();
  return found.length;
}

/** Ends the connection that waits for a table, as soon as there is one. */
async function killWaiting(place: Place): Promise<void> {
  while ((await killConnectionsOf(place, "state LIKE 'Waiting for table%' AND info LIKE 'SELECT%'")) === 0);
}

async function silentServer(): Promise<{ server: Server; port: number }> {
  const port = await freePort();
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
  return { server: silent.unref(), port };
}
