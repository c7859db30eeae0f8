import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { execa } from 'execa';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import { type Mariadb, startOwnMariadb } from '../../support/services/mariadb.ts';
import { load, type Place } from './restore.ts';

let folder: string;
let server: Mariadb;
let shop: Place;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mysql-tls-'));
  await chmod(folder, 0o755);
  await certify(folder);
  server = await startOwnMariadb(`--ssl-cert=${folder}/server.pem`, `--ssl-key=${folder}/server.key`);
  shop = await server.database();
  await load(shop, 'CREATE TABLE goods (id int PRIMARY KEY); INSERT INTO goods VALUES (1)');
  const root = await createConnection(server.root);
  await root.query(`ALTER USER '${shop.user}'@'%' REQUIRE SSL`);
  await root.end();
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['client', 'embedded'] as const)('mysql dumper (%s) over TLS', (dumper) => {
  it('dumps when the authority is known that signed the server', async () => {
    expect(await dumped({ dumper, tls: { ca: join(folder, 'ca.pem'), rejectUnauthorized: true } })).toContain(
      'INSERT INTO `goods`',
    );
  });

  it('dumps from a server nobody knows when told to', async () => {
    expect(await dumped({ dumper, tls: { rejectUnauthorized: false } })).toContain('INSERT INTO `goods`');
  });

  it('refuses a server nobody knows', async () => {
    await expect(dumped({ dumper, tls: true })).rejects.toThrow(/certificate/);
  });

  it('refuses a server that is somebody else', async () => {
    const host = { host: 'localhost', tls: { ca: join(folder, 'ca.pem'), rejectUnauthorized: true } };

    await expect(dumped({ dumper, ...host })).rejects.toThrow(/said no|certificate|altnames/i);
  });

  it('is told when the server wants TLS', async () => {
    await expect(dumped({ dumper })).rejects.toThrow(/said no: user or password is wrong/);
  });
});

async function dumped(options: Partial<MysqlOptions>): Promise<string> {
  const dump = await mysqlDumper(MysqlOptions.parse({ driver: 'mysql', ...shop, ...options })).dump(
    AbortSignal.timeout(60_000),
  );
  return (await buffer(dump.content)).toString();
}

/** An authority of its own, and a server certificate for 127.0.0.1 that it signed. */
async function certify(into: string): Promise<void> {
  const openssl = (...args: string[]) => execa('openssl', args, { cwd: into });
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];

  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=test authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  await openssl(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-addext',
    'basicConstraints=CA:FALSE',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-keyout',
    'server.key',
    '-out',
    'server.pem',
  );
  await chmod(join(into, 'server.key'), 0o644);
}
