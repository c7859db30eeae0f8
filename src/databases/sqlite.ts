import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError, type Dump, type Dumper } from './dumper.ts';
import { makePrivateFolder } from './private-folder.ts';
import { inWords } from './sqlite/in-words.ts';
import { leaveNoTrace } from './sqlite/leave-no-trace.ts';
import { fileNameOf, nameOf, type SqliteOptions } from './sqlite/options.ts';
import { type Opening, openSqlite, type SqliteFile } from './sqlite/sqlite-file.ts';
import { untilAborted } from './until-aborted.ts';

/*
 * A SQLite file of this machine. The user the worker runs as has to be able to read it; nothing has to be installed.
 * It is copied with VACUUM INTO (https://sqlite.org/lang_vacuum.html#vacuuminto), which sees one moment of the database
 * however much is written meanwhile, and reads in a journal that a plain copy of the file would miss.
 */

/** A dumper of one SQLite file. The copy passes through the temporary folder, so that needs room for it. */
export function sqliteDumper(options: SqliteOptions): Dumper {
  return {
    title: `sqlite ${options.path}`,
    fileName: fileNameOf(options),

    check: (signal) => attempt(options, signal, () => look(options, signal)),

    estimate: (signal) => attempt(options, signal, async () => (await stat(options.path)).size),

    dump: (signal) => attempt(options, signal, () => dumpCopy(options, nameOf(options), signal)),
  };
}

async function attempt<Result>(
  { path, busyTimeout }: SqliteOptions,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    signal.throwIfAborted();
    if (!(await stat(path)).isFile())
      throw new DatabaseError(`${path} is not a file, so it is no SQLite database.`);
    return await work();
  } catch (error) {
    throw signal.aborted ? signal.reason : inWords(error, path, busyTimeout);
  }
}

async function look(options: SqliteOptions, signal: AbortSignal): Promise<void> {
  const folder = await makePrivateFolder();
  try {
    await fromSource(options, folder.path, signal, (source) => source.look());
  } finally {
    await folder.remove();
  }
}

async function dumpCopy(options: SqliteOptions, name: string, signal: AbortSignal): Promise<Dump> {
  const folder = await makePrivateFolder();
  try {
    const copy = join(folder.path, 'copy.sqlite');
    const defined = await fromSource(options, folder.path, signal, async (source) => {
      await rm(copy, { force: true });
      const before = await source.defined();
      await source.copyTo(copy);
      const after = new Set(await source.defined());
      return before.filter((one) => after.has(one));
    });
    const opening: Opening = { mode: 'rw', busyTimeoutInSeconds: options.busyTimeout };
    const { version, tables } = await withFile(copy, opening, signal, (file) =>
      checked(file, options.path, defined),
    );
    // Opened first and removed then: what is open can still be read, and is gone however this process ends.
    const file = await open(copy);
    return {
      content: untilAborted(signal, file.createReadStream()),
      facts: () => ({ driver: 'sqlite', program: `libsql with SQLite ${version}`, database: name, tables }),
      warnings: [],
    };
  } finally {
    await folder.remove();
  }
}

async function checked(copy: SqliteFile, path: string, defined: readonly string[]) {
  const damage = await copy.damage();
  if (damage !== undefined)
    throw new DatabaseError(
      `The SQLite database ${path} is damaged (${damage}). Repair it or restore an older backup.`,
    );

  // VACUUM makes the copy by running the schema, and passes over a table whose definition does not begin as it expects.
  const copied = new Set(await copy.defined());
  const missing = defined.filter((one) => !copied.has(one));
  if (missing.length > 0)
    throw new DatabaseError(
      `SQLite did not copy all of ${path}: ${missing.slice(0, 5).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing in the copy. Make the table again with a definition that begins with CREATE TABLE.`,
    );

  return { version: await copy.version(), tables: await copy.tables() };
}

async function withFile<Result>(
  path: string,
  opening: Opening,
  signal: AbortSignal,
  work: (file: SqliteFile) => Promise<Result>,
): Promise<Result> {
  const file = openSqlite(path, opening, signal);
  return work(file).finally(file.close);
}

/** The application's own database is only ever read, and nothing appears beside it. */
function fromSource<Result>(
  { path, busyTimeout }: SqliteOptions,
  folder: string,
  signal: AbortSignal,
  work: (source: SqliteFile) => Promise<Result>,
): Promise<Result> {
  return leaveNoTrace(path, folder, ({ path, ...way }) =>
    withFile(path, { ...way, busyTimeoutInSeconds: busyTimeout }, signal, work),
  );
}
