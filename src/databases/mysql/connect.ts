import { readFile } from 'node:fs/promises';
import { type ConnectionOptions, createConnection } from 'mysql2';
import { z } from 'zod';
import { orAborted } from '../or-aborted.ts';
import { connectionError } from './connection-error.ts';
import type { MysqlOptions } from './options.ts';

/** A connection for looking around. */
export interface Session {
  /** The rows of a query, each read as `row`. @throws {DatabaseError} */
  rows<Row>(row: z.ZodType<Row>, sql: string, values?: readonly string[]): Promise<Row[]>;
  close(): void;
}

/** @throws {DatabaseError} when the server is not reached within `connectTimeout`, or says no. */
export async function connect(options: MysqlOptions, signal: AbortSignal): Promise<Session> {
  signal.throwIfAborted();
  const connection = createConnection(await connectionOptions(options));
  // What goes wrong is told to the query it goes wrong for; with nobody listening here it would end the process as well.
  connection.on('error', () => {});
  const session = connection.promise();

  const attempt = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await orAborted(work, signal);
    } catch (error) {
      connection.destroy();
      throw signal.aborted ? signal.reason : connectionError(options, error);
    }
  };

  await attempt(session.connect());
  return {
    async rows(row, sql, values = []) {
      const [found] = await attempt(session.query(sql, [...values]));
      return z.array(row).parse(found);
    },
    close: () => connection.destroy(),
  };
}

/** The same for every connection of a dump. */
export async function connectionOptions(options: MysqlOptions) {
  const { host, port, socket, user, password, database, connectTimeout } = options;
  return {
    host,
    port,
    user,
    password,
    database,
    connectTimeout: connectTimeout * 1000,
    charset: 'utf8mb4_general_ci',
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(options.tls === false ? {} : { ssl: await tlsOptions(options.tls) }),
  } satisfies ConnectionOptions;
}

async function tlsOptions(tls: Exclude<MysqlOptions['tls'], false>) {
  if (tls === true) return { rejectUnauthorized: true, verifyIdentity: true };
  const { ca, cert, key, rejectUnauthorized } = tls;
  return {
    rejectUnauthorized,
    verifyIdentity: rejectUnauthorized,
    ...(ca === undefined ? {} : { ca: await readFile(ca, 'utf8') }),
    ...(cert === undefined ? {} : { cert: await readFile(cert, 'utf8') }),
    ...(key === undefined ? {} : { key: await readFile(key, 'utf8') }),
  };
}
