import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Client } from 'pg';
import { type OwnServer, type Place, type Recipe, startOwnServer, startService } from './service.ts';

export interface Postgres {
  /** An administrator's address. */
  readonly url: string;
  /** Makes an empty database and gives its address. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

const password = 'postgres-test-password';

/** A PostgreSQL for this test file: `TEST_POSTGRES_URL`, else a private one. */
export async function startPostgres(): Promise<Postgres> {
  const service = await startService(recipe);
  return { ...service, database: () => createDatabase(service.url) };
}

/** A PostgreSQL that nobody else uses, which can be paused and resumed. */
export async function startOwnPostgres(): Promise<Postgres & OwnServer> {
  const server = await startOwnServer(recipe);
  return { ...server, database: () => createDatabase(server.url) };
}

const recipe: Recipe = {
  variable: 'TEST_POSTGRES_URL',
  programs: ['postgres', 'initdb'],
  package: 'postgresql',
  prepare: makeCluster,
  arguments: ({ folder, port }) => [
    ...['-D', join(folder, 'data'), '-k', folder, '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
  ],
  url: ({ port }) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
  ready: /database system is ready to accept connections/,
  stopSignal: 'SIGINT',
};

async function makeCluster({ folder, programs, user }: Place): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  await execa(
    programs('initdb'),
    [
      ...['-D', join(folder, 'data'), '--no-sync', '--no-locale', '--encoding', 'UTF8'],
      ...['--username', 'postgres', '--auth', 'scram-sha-256', '--pwfile', passwordFile],
    ],
    { ...user, cwd: folder },
  );
}

async function createDatabase(adminUrl: string): Promise<string> {
  const name = `holdfast_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();

  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
