import pg from 'pg';
import { type Availability, watchAvailability } from './availability.ts';
import { NotReached, type SqlPool, type SqlStore, type Warn } from './store.ts';

/** PostgreSQL 14 or newer. The user needs the right to create a schema in its database, once. A pooler in front must keep sessions, for LISTEN. */
export function openPostgres(url: string, prefix: string, warn: Warn): SqlStore {
  const title = titleOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    // Every worker and every follower keeps one to LISTEN on.
    max: 50,
    keepAlive: true,
    connectionTimeoutMillis: 3000,
    query_timeout: 10_000,
  });
  pool.setMaxListeners(0);
  // Every query on a dropped connection fails and is told of; one that nobody uses needs no words.
  pool.on('error', () => undefined);
  // The pool itself stops listening to a connection that is lent out or being ended.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    // BullMQ's statements name no schema. As a statement, because PgBouncer takes no options of a connection; it comes before all others.
    client.query('SET search_path TO bullmq, public').catch(() => undefined);
  });

  const lent = lentBy(pool);
  return {
    kind: 'sql',
    prefix,
    pool: tellingWhenNotReached(pool, lent, watchAvailability(title, warn)),
    explain: (error) => explain(title, error),
    async close() {
      lent.end();
      await pool.end();
    },
  };
}

/** Sessions that were taken out of the pool. */
interface Lent {
  add(session: pg.PoolClient): pg.PoolClient;
  /** Ends them all, and each that is taken out later. */
  end(): void;
}

/**
 * The pool waits for the return of what it lent, and BullMQ may take a session out while it closes, and keep it: then neither the
 * pool nor the process would ever end. Whoever uses the pool is closed before it, so what is still lent is used by nobody.
 */
function lentBy(pool: pg.Pool): Lent {
  const sessions = new Set<pg.PoolClient>();
  let ended = false;
  pool.on('release', (_error, session) => sessions.delete(session));

  return {
    add(session) {
      sessions.add(session);
      if (!ended) return session;
      session.release(true);
      throw new Error('Connection is closed.');
    },
    end() {
      ended = true;
      for (const session of sessions) session.release(true);
    },
  };
}

/** The same pool, but that its failures to reach the server are told apart. */
function tellingWhenNotReached(pool: pg.Pool, lent: Lent, availability: Availability): SqlPool {
  // A view of the pool, because the pool's own `query` goes through its own `connect`.
  const view: pg.Pool = Object.create(pool);
  const telling = Object.assign(view, {
    query: (text: string, values?: readonly unknown[]) => told(queryIn(pool, text, values), availability),
    connect: async () => lent.add(await told(pool.connect(), availability)),
  });
  // The types of pg say the same about events in words that do not compare.
  return telling as unknown as SqlPool;
}

/** As the pool itself does it; but a server that has become a read-only replica is left, so that the next query opens a new connection. */
async function queryIn(pool: pg.Pool, text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
  const client = await pool.connect();
  try {
    const result = await client.query(text, values && [...values]);
    client.release();
    return result;
  } catch (error) {
    client.release(wasNotReached(error) || isReadOnly(error));
    throw error;
  }
}

function isReadOnly(error: unknown): boolean {
  return (error as { code?: string }).code === '25006';
}

async function told<T>(work: Promise<T>, availability: Availability): Promise<T> {
  try {
    const result = await work;
    availability.works();
    return result;
  } catch (error) {
    if (!wasNotReached(error)) throw error;
    availability.failed(reasonOf(error));
    throw new NotReached(reasonOf(error), { cause: error });
  }
}

/**
 * Classes 08 (connection) and 57P (shutting down, starting up), errors of the network, and what pg says without a code.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function wasNotReached(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P)/.test(code) ||
    /^E(CONN|HOST|NET|PIPE|TIMEDOUT|NOTFOUND|AI_)/.test(code) ||
    /^Connection terminated|^timeout exceeded when trying to connect|^Query read timeout|not queryable/.test(
      message,
    )
  );
}

function explain(title: string, error: unknown): string {
  if (error instanceof NotReached) {
    return `${title} was not reached (${error.message}). Check that it runs and that queue.url is right.`;
  }
  return `${title} said no (${reasonOf(error)}). Check queue.url and the rights of its user.`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}

function titleOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL at ${host}${pathname}`;
}
