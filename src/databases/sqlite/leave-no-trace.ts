import { copyFile, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError } from '../dumper.ts';
import type { Opening } from './sqlite-file.ts';

/*
 * SQLite makes `-wal` and `-shm` beside a database in WAL mode whenever it is opened, for reading as well. Made by another user than
 * the application's they keep it from writing, so that a database is opened in the one way that makes nothing:
 * https://sqlite.org/wal.html#readonly, https://sqlite.org/uri.html
 */

const attempts = 5;

/** What is read, and how, so that nothing appears beside the application's database. */
export interface Reading extends Pick<Opening, 'mode' | 'parameter'> {
  readonly path: string;
}

/**
 * Has `work` read the database at `path`, again while an application begins or ends to use it meanwhile. What needs recovery is
 * recovered in a copy in the private `folder`. Fails with the system's error when a file may not be read.
 */
export async function leaveNoTrace<Result>(
  path: string,
  folder: string,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await stampsOf(path);
    const { locks, reading } = await wayToRead(path, folder, before);
    // What is read under locks of SQLite is one moment; what is read without them is one only when nothing was written meanwhile.
    const result = await attemptTo(() => work(reading));
    if (locks || same(before, await stampsOf(path))) return result();
  }
  throw new DatabaseError(
    `The SQLite database ${path} was opened and closed again and again while it was read. Try again when it is used less.`,
  );
}

async function wayToRead(
  path: string,
  folder: string,
  { wal, shm }: Stamps,
): Promise<{ locks: boolean; reading: Reading }> {
  if (!(await isInWalMode(path))) return { locks: true, reading: { path, mode: 'ro' } };
  if (wal === undefined) return { locks: false, reading: { path, mode: 'ro', parameter: 'immutable=1' } };
  if (shm !== undefined) return { locks: true, reading: { path, mode: 'ro', parameter: 'readonly_shm=1' } };

  const copy = join(folder, 'with-log.sqlite');
  await copyFile(path, copy);
  await copyFile(`${path}-wal`, `${copy}-wal`);
  return { locks: false, reading: { path: copy, mode: 'rw' } };
}

/** An error of work that has to be done again anyway is none. */
async function attemptTo<Result>(work: () => Promise<Result>): Promise<() => Result> {
  try {
    const result = await work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The two numbers of the file format are 2 in WAL mode. https://sqlite.org/fileformat.html#file_format_version_numbers */
async function isInWalMode(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 18);
    return bytesRead === 2 && buffer[1] === 2;
  } finally {
    await file.close();
  }
}

interface Stamps {
  readonly file: string | undefined;
  readonly wal: string | undefined;
  readonly shm: string | undefined;
}

async function stampsOf(path: string): Promise<Stamps> {
  return { file: await stampOf(path), wal: await stampOf(`${path}-wal`), shm: await stampOf(`${path}-shm`) };
}

async function stampOf(path: string): Promise<string | undefined> {
  const stats = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return stats && [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}

function same(one: Stamps, other: Stamps): boolean {
  return one.file === other.file && one.wal === other.wal && one.shm === other.shm;
}
