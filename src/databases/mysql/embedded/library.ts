import { createRequire } from 'node:module';
import { z } from 'zod';
import { DatabaseError } from '../../dumper.ts';
import { orAborted } from '../../or-aborted.ts';
import type { connectionOptions } from '../connect.ts';
import { loadMysqldump } from './load-mysqldump.ts';

/** What the npm package mysqldump is asked for. */
export interface Order {
  readonly connection: Awaited<ReturnType<typeof connectionOptions>>;
  /** Tables and views. */
  readonly tables: readonly string[];
  /** Those of `tables` whose rows stay out. */
  readonly schemaOnly: readonly string[];
  readonly rowsPerInsert: number;
}

/** One table or view, as statements. */
export interface DumpedTable {
  readonly name: string;
  readonly isView: boolean;
  readonly schema: string;
  readonly data: string;
  readonly triggers: readonly string[];
}

/** `npm mysqldump 3.2.0` */
export function libraryVersion(): string {
  const about: unknown = createRequire(import.meta.url)('mysqldump/package.json');
  const { version } = z.object({ version: z.string() }).parse(about);
  return `npm mysqldump ${version}`;
}

/** Every table of one moment, in memory: the package cannot stream. Throws what mysql2 throws. */
export async function runLibrary(order: Order, signal: AbortSignal): Promise<DumpedTable[]> {
  const turn = before.then(() => takeTurn(order, signal));
  before = turn.catch(() => {});
  const { tables } = await turn;

  const missing = order.tables.find((name) => !tables.some((table) => table.name === name));
  if (missing !== undefined)
    throw new DatabaseError(`The table ${missing} was removed while it was dumped. Try again.`, {
      isPassing: true,
    });
  return tables.map(({ name, isView, schema, data, triggers }) => ({
    ...{ name, isView, triggers },
    schema: schema ?? '',
    data: data ?? '',
  }));
}

// When one call ends it closes the connections of every other that is under way in this process, so they take turns.
let before: Promise<unknown> = Promise.resolve();

async function takeTurn({ connection, ...order }: Order, signal: AbortSignal) {
  const control = controlConnections();
  const hooked = { ...connection, queryFormat: control.queryFormat };
  try {
    const done = loadMysqldump().default({ connection: hooked, dump: dumpOptions(order) });
    return await orAborted(Promise.race([done, control.failed]), signal);
  } finally {
    control.destroyAll();
  }
}

/** The package's own choices that a server could not load, or that lose something, are turned round. */
function dumpOptions({ tables, schemaOnly, rowsPerInsert }: Omit<Order, 'connection'>) {
  return {
    tables: [...tables],
    schema: {
      // On, binary values come out as NOFORMAT_WRAP("##X'…'##").
      format: false,
      table: { ifNotExist: false, dropIfExist: true },
      view: { createOrReplace: true, algorithm: true, definer: true, sqlSecurity: true },
    },
    data: {
      format: false,
      verbose: false,
      maxRowsPerInsertStatement: rowsPerInsert,
      where: Object.fromEntries(schemaOnly.map((name) => [name, 'FALSE'])),
    },
    // The table is dropped and made anew before, and its triggers with it.
    trigger: { delimiter: ';;', dropIfExist: false, definer: true },
  };
}

/** As much of a mysql2 connection as is needed here. */
interface Connection {
  query(sql: string, done: (error: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(): void;
}

const oneMoment = [
  "SET SESSION sql_mode = '', time_zone = '+00:00'",
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
].join('; ');

/**
 * The package makes its connections itself and lets nobody near them, but mysql2 hands each one to `queryFormat` before
 * its first query: the place to begin a transaction, so that all rows are of one moment; to hear of a lost connection,
 * which would end the process with nobody listening; and to learn what has to be closed.
 */
function controlConnections() {
  const connections = new Set<Connection>();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may fail when nobody waits for it any more.
  failed.catch(() => {});

  return {
    failed,
    queryFormat(this: Connection, sql: string): string {
      if (connections.has(this)) return sql;
      connections.add(this);
      this.on('error', fail);
      this.query(oneMoment, (error) => error && fail(error));
      return sql;
    },
    destroyAll() {
      for (const connection of connections) connection.destroy();
    },
  };
}
