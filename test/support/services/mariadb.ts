import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { createConnection } from 'mysql2/promise';
import { type OwnServer, type Place, type Recipe, startOwnServer, startService } from './service.ts';

/** How to log in. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export interface Mariadb {
  /** `mysql://root:…@127.0.0.1:port` */
  readonly url: string;
  readonly root: Login;
  /** The unix socket; a server from the environment may have none that is known. */
  readonly socket: string | undefined;
  /** Makes an empty database (utf8mb4) and a user who owns it and nothing else. */
  database(): Promise<Login & { readonly database: string }>;
  stop(): Promise<void>;
}

const rootPassword = 'mariadb-test-password';

/** A MariaDB or MySQL for this test file: `TEST_MYSQL_URL`, else a private MariaDB. */
export async function startMariadb(): Promise<Mariadb> {
  const service = await startService(recipe);
  return {
    ...service,
    root: loginOf(service.url),
    socket: 'place' in service ? socketIn(service.place) : undefined,
    database: () => createDatabase(loginOf(service.url)),
  };
}

/** A MariaDB that nobody else uses, which can be paused and resumed; `settings` are arguments of `mariadbd`. */
export async function startOwnMariadb(...settings: string[]): Promise<Mariadb & OwnServer> {
  const server = await startOwnServer({
    ...recipe,
    arguments: (place) => [...recipe.arguments(place), ...settings],
  });
  const root = loginOf(server.url);
  return { ...server, root, socket: socketIn(server.place), database: () => createDatabase(root) };
}

const recipe: Recipe = {
  variable: 'TEST_MYSQL_URL',
  programs: ['mariadbd', 'mariadb-install-db'],
  package: 'mariadb-server',
  prepare: makeDataFolder,
  arguments: (place) => [
    ...['--no-defaults', `--datadir=${join(place.folder, 'data')}`, `--socket=${socketIn(place)}`],
    ...['--bind-address=127.0.0.1', `--port=${place.port}`, `--pid-file=${join(place.folder, 'pid')}`],
    // A server that starts removes what it finds of temporary tables there, also those of another one, which may then crash.
    `--tmpdir=${place.folder}`,
    ...['--skip-name-resolve', `--init-file=${accountsFile(place)}`, '--innodb-flush-log-at-trx-commit=2'],
  ],
  url: ({ port }) => `mysql://root:${rootPassword}@127.0.0.1:${port}`,
  ready: /ready for connections/,
  stopSignal: 'SIGTERM',
};

async function makeDataFolder(place: Place): Promise<void> {
  await execa(
    place.programs('mariadb-install-db'),
    [
      ...['--no-defaults', `--datadir=${join(place.folder, 'data')}`, '--skip-test-db'],
      `--tmpdir=${place.folder}`,
      '--auth-root-authentication-method=normal',
    ],
    { ...place.user, cwd: place.folder },
  );
  await writeFile(
    accountsFile(place),
    `CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '${rootPassword}';
     GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
     ALTER USER root@localhost IDENTIFIED BY '${rootPassword}';`.replaceAll(/\s*\n\s*/g, '\n'),
  );
}

async function createDatabase(root: Login): Promise<Login & { database: string }> {
  const name = `holdfast_${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  const connection = await createConnection({ ...root });
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await connection.query(`CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`);
  await connection.query(`GRANT ALL ON \`${name}\`.* TO '${name}'@'%'`);
  await connection.end();
  return { ...root, user: name, password, database: name };
}

function loginOf(address: string): Login {
  const url = new URL(address);
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

function socketIn({ folder }: Place): string {
  return join(folder, 'mariadb.sock');
}

function accountsFile({ folder }: Place): string {
  return join(folder, 'accounts.sql');
}
