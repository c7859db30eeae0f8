import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { DatabaseError, type Dump, type Dumper } from './dumper.ts';
import { makePrivateFolder } from './private-folder.ts';
import { checkCopy } from './sqlite/check-copy.ts';
import { inWords } from './sqlite/in-words.ts';
import { leaveNoTrace } from './sqlite/leave-no-trace.ts';
import { fileNameOf, nameOf, type SqliteOptions } from './sqlite/options.ts';
import { type Definition, type Opening, openSqlite, type SqliteFile } from './sqlite/sqlite-file.ts';
import { untilAborted } from './until-aborted.ts';

/*
 * A SQLite file of this machine. The user the worker runs as has to be able to read it; nothing has to be installed.
 * It is copied page by page in one transaction, which sees one moment of the database however much is written meanwhile, with what a
 * plain copy of the file would miss in its log. VACUUM INTO would run the schema, which needs the application's collations and functions.
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
    const defined = await fromSource(options, folder.path, signal, (source) =>
      source.atOneMoment(async () => {
        await pipeline(asRollbackMode(source.pages()), createWriteStream(copy, { mode: 0o600 }), { signal });
        return source.defined();
      }),
    );
    const opening: Opening = { mode: 'rw', busyTimeoutInSeconds: options.busyTimeout };
    const { version, tables, warnings } = await withFile(copy, opening, signal, (file) =>
      checked(file, options.path, defined),
    );
    // Opened first and removed then: what is open can still be read, and is gone however this process ends.
    const file = await open(copy);
    return {
      content: untilAborted(signal, file.createReadStream()),
      facts: () => ({ driver: 'sqlite', program: `libsql with SQLite ${version}`, database: name, tables }),
      warnings,
    };
  } finally {
    await folder.remove();
  }
}

async function checked(copy: SqliteFile, path: string, defined: readonly Definition[]) {
  const copied = await copy.defined();
  if (!isDeepStrictEqual(copied, defined))
    throw new DatabaseError(
      `The copy of ${path} does not define what the database does. Run the backup again; if it comes back, something is wrong with the disk or the memory of this machine.`,
    );
  return { version: await copy.version(), ...(await checkCopy(copy, path)) };
}

/**
 * The log was read in and is not beside the copy. In WAL mode the copy would have one made, with another user's rights, by whoever
 * looks into it. https://sqlite.org/fileformat.html#file_format_version_numbers
 */
async function* asRollbackMode(pages: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of pages) {
    if (isFirst) piece.fill(1, 18, 20);
    isFirst = false;
    yield piece;
  }
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
