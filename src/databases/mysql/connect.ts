import { readFile } from 'node:fs/promises';
import { connect as connectSocket, isIP } from 'node:net';
import { type ConnectionOptions, createConnection } from 'mysql2';
import { z } from 'zod';
import { DatabaseError } from '../dumper.ts';
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

/** The same for every connection of a dump. @throws {DatabaseError} when a certificate cannot be read. */
export async function connectionOptions(options: MysqlOptions) {
  const { user, password, database, connectTimeout } = options;
  return {
    ...{ user, password, database, connectTimeout: connectTimeout * 1000, charset: 'utf8mb4_general_ci' },
    ...placeOptions(options),
    ...(options.tls === false ? {} : { ssl: await tlsOptions(options.tls) }),
  } satisfies ConnectionOptions;
}

function placeOptions({ host, port, socket, tls }: MysqlOptions) {
  if (socket !== undefined) return { host: 'localhost', port, socketPath: socket };
  if (tls === false || isIP(host) === 0) return { host, port };
  // mysql2 does not compare an address with the certificate, but "localhost". With a dot behind it, it is a name to mysql2
  // and an address to Node.js, which takes the dot off.
  return { host: `${host}.`, port, stream: () => connectSocket(port, host).setNoDelay() };
}

async function tlsOptions(tls: Exclude<MysqlOptions['tls'], false>) {
  const { ca, cert, key, rejectUnauthorized } = tls === true ? { rejectUnauthorized: true } : tls;
  return {
    ...{ rejectUnauthorized, verifyIdentity: rejectUnauthorized },
    ...(ca === undefined ? {} : { ca: await readPem('ca', ca) }),
    ...(cert === undefined ? {} : { cert: await readPem('cert', cert) }),
    ...(key === undefined ? {} : { key: await readPem('key', key) }),
  };
}

async function readPem(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new DatabaseError(
      `Could not read ${path}, the "${name}" of a mysql database. Correct its path or rights.`,
      {
        cause,
      },
    );
  }
}
