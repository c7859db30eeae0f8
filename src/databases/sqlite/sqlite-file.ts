import { pathToFileURL } from 'node:url';
import Database from 'libsql/promise';
import { z } from 'zod';

/** A SQLite file, opened for reading. What it asks is done in threads of its own, so that nothing else has to wait. */
export interface SqliteFile {
  /** What is read by `work` is one moment of the database, however much is written meanwhile. */
  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Its pages as they are, in their order, with what only its log has so far; in pieces of about 1 MiB. */
  pages(): AsyncGenerator<Buffer>;
  /** What `integrity_check` finds, of all or of one table: at most {@link mostFindings} sentences. With `ro` it overlooks CHECK constraints. */
  findings(table?: string): Promise<string[]>;
  /** From now on `findings` overlooks CHECK constraints. */
  overlookChecks(): Promise<void>;
  /** Reads the first page, which tells whether it is a database at all. */
  look(): Promise<void>;
  /** Of SQLite: `3.45.1`. */
  version(): Promise<string>;
  /** What its schema defines: `table orders`, `trigger log_order`, with the SQL of each. */
  defined(): Promise<Definition[]>;
  /** Its tables, in the order of their names; `isVirtual` for those that an extension makes. */
  tables(): Promise<{ name: string; isVirtual: boolean }[]>;
  /** At some 20 million a second. */
  countRows(table: string): Promise<number>;
  close(): void;
}

export interface Definition {
  readonly what: string;
  readonly sql: string;
}

export interface Opening {
  /** https://sqlite.org/uri.html: `ro` only reads, `rw` may write; neither makes a file that is not there. */
  readonly mode: 'ro' | 'rw';
  /** What keeps SQLite from making files beside a database in WAL mode. */
  readonly parameter?: 'immutable=1' | 'readonly_shm=1';
  readonly busyTimeoutInSeconds: number;
}

/** Opens the file at `path`; what is under way when `signal` is aborted is interrupted. Throws what libsql throws. */
export function openSqlite(
  path: string,
  { mode, parameter, busyTimeoutInSeconds }: Opening,
  signal: AbortSignal,
): SqliteFile {
  const parameters = [`mode=${mode}`, ...(parameter ? [parameter] : [])].join('&');
  const database = new Database(`${pathToFileURL(path).href}?${parameters}`, {
    timeout: busyTimeoutInSeconds * 1000,
  });
  const interrupt = () => database.interrupt();
  signal.addEventListener('abort', interrupt);

  const rows = async <Row>(row: z.ZodType<Row>, sql: string): Promise<Row[]> => {
    signal.throwIfAborted();
    const statement = await database.prepare(sql);
    return z.array(row).parse(await statement.all());
  };
  const first = async <Row>(row: z.ZodType<Row>, sql: string): Promise<Row> =>
    z.tuple([row]).parse(await rows(row, sql))[0];

  return {
    async atOneMoment(work) {
      await database.exec('BEGIN');
      const result = await work().catch(async (error: unknown) => {
        await database.exec('ROLLBACK').catch(endedByItself);
        throw error;
      });
      await database.exec('COMMIT');
      return result;
    },
    async *pages() {
      const { page_count: count } = await first(z.object({ page_count: z.int() }), 'PRAGMA page_count');
      const { page_size: size } = await first(z.object({ page_size: z.int() }), 'PRAGMA page_size');
      const atOnce = Math.ceil(pieceInBytes / size);
      for (let from = 1; from <= count; from += atOnce) {
        const to = Math.min(count, from + atOnce - 1);
        const piece = await rows(z.object({ data: z.instanceof(ArrayBuffer) }), pagesBetween(from, to));
        yield Buffer.concat(piece.map(({ data }) => Buffer.from(data)));
      }
    },
    async findings(table) {
      const question = table === undefined ? '' : `(${quoted(table)})`;
      const found = await rows(
        z.object({ integrity_check: z.string() }),
        `PRAGMA integrity_check${question}`,
      );
      return found.map(({ integrity_check: sentence }) => sentence).filter((sentence) => sentence !== 'ok');
    },
    async overlookChecks() {
      await database.exec('PRAGMA ignore_check_constraints = 1');
    },
    async look() {
      await rows(z.object({ schema_version: z.int() }), 'PRAGMA schema_version');
    },
    async version() {
      return (await first(z.object({ version: z.string() }), 'SELECT sqlite_version() AS version')).version;
    },
    async defined() {
      const row = z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() });
      const schema = await rows(row, 'SELECT type, name, sql FROM sqlite_schema');
      return schema.map(({ type, name, sql }) => ({ what: `${type} ${name}`, sql: sql ?? '' }));
    },
    async tables() {
      const found = await rows(z.object({ name: z.string(), type: z.string() }), listTables);
      return found.map(({ name, type }) => ({ name, isVirtual: type === 'virtual' }));
    },
    async countRows(table) {
      return (await first(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${quoted(table)}`)).n;
    },
    close() {
      signal.removeEventListener('abort', interrupt);
      database.close();
    },
  };
}

/** As SQLite does when a disk fails; why that was is what counts. */
function endedByItself(): void {}

/** https://sqlite.org/pragma.html#pragma_integrity_check */
export const mostFindings = 100;

const pieceInBytes = 1024 * 1024;

/** https://sqlite.org/dbpage.html, which looks a page up by its number alone. */
function pagesBetween(from: number, to: number): string {
  return `SELECT data FROM generate_series(${from}, ${to}) CROSS JOIN sqlite_dbpage ON pgno = value`;
}

const listTables = `SELECT name, type FROM pragma_table_list
  WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`;

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
