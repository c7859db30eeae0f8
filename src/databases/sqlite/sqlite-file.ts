import { pathToFileURL } from 'node:url';
import Database from 'libsql/promise';
import { z } from 'zod';

/** A SQLite file, opened for reading. Its work is done in threads of its own, so that nothing else has to wait. */
export interface SqliteFile {
  /** Writes all of it as of one moment to a new file at `path`. */
  copyTo(path: string): Promise<void>;
  /** What `integrity_check` finds first; `undefined` when all is well. With `ro` it overlooks CHECK constraints. */
  damage(): Promise<string | undefined>;
  /** Reads the first page, which tells whether it is a database at all. */
  look(): Promise<void>;
  /** Of SQLite: `3.45.1`. */
  version(): Promise<string>;
  /** What its schema defines: `table orders`, `trigger log_order`. */
  defined(): Promise<string[]>;
  /** Its tables with the number of their rows, which are counted at some 20 million a second. */
  tables(): Promise<SqliteTable[]>;
  close(): void;
}

interface SqliteTable {
  name: string;
  rows?: number;
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

  return {
    async copyTo(copy) {
      signal.throwIfAborted();
      await database.exec(`VACUUM INTO ${quoted(copy, "'")}`);
    },
    async damage() {
      const [first] = await rows(z.object({ integrity_check: z.string() }), 'PRAGMA integrity_check(1)');
      return first?.integrity_check === 'ok' ? undefined : first?.integrity_check;
    },
    async look() {
      await rows(z.object({ schema_version: z.int() }), 'PRAGMA schema_version');
    },
    async version() {
      const [about] = await rows(z.object({ version: z.string() }), 'SELECT sqlite_version() AS version');
      return about?.version ?? 'unknown';
    },
    async defined() {
      const schema = await rows(
        z.object({ type: z.string(), name: z.string() }),
        'SELECT type, name FROM sqlite_schema',
      );
      return schema.map(({ type, name }) => `${type} ${name}`);
    },
    tables: () => tablesWithRows(rows),
    close() {
      signal.removeEventListener('abort', interrupt);
      database.close();
    },
  };
}

type Rows = <Row>(row: z.ZodType<Row>, sql: string) => Promise<Row[]>;

const listTables = `SELECT name, type FROM pragma_table_list
  WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`;

async function tablesWithRows(rows: Rows): Promise<SqliteTable[]> {
  const tables: SqliteTable[] = [];
  for (const { name, type } of await rows(z.object({ name: z.string(), type: z.string() }), listTables)) {
    // A virtual table can only be counted with the extension that made it.
    if (type === 'virtual') tables.push({ name });
    else tables.push({ name, rows: await countRows(rows, name) });
  }
  return tables;
}

async function countRows(rows: Rows, table: string): Promise<number> {
  const [counted] = await rows(z.object({ n: z.int() }), `SELECT count(*) AS n FROM ${quoted(table, '"')}`);
  return counted?.n ?? 0;
}

function quoted(text: string, quote: '"' | "'"): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}
