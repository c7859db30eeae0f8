import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError, type Dump, type Dumper } from './dumper.ts';
import { makePrivateFolder } from './private-folder.ts';
import { inWords } from './sqlite/in-words.ts';
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

    check: (signal) =>
      attempt(options, signal, () => withFile(options.path, reading(options), signal, (file) => file.look())),

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

async function dumpCopy(options: SqliteOptions, name: string, signal: AbortSignal): Promise<Dump> {
  const folder = await makePrivateFolder();
  try {
    const copy = join(folder.path, 'copy.sqlite');
    await withFile(options.path, reading(options), signal, (source) => source.copyTo(copy));
    const { version, tables } = await withFile(copy, { ...reading(options), mode: 'rw' }, signal, (file) =>
      checked(file, options.path),
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

async function checked(copy: SqliteFile, path: string) {
  const damage = await copy.damage();
  if (damage !== undefined)
    throw new DatabaseError(
      `The SQLite database ${path} is damaged (${damage}). Repair it or restore an older backup.`,
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

/** The application's own database is only ever read. */
function reading({ busyTimeout }: SqliteOptions): Opening {
  return { mode: 'ro', busyTimeoutInSeconds: busyTimeout };
}
