import { copyFile, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
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

/** What earlier attempts have shown. */
interface Known {
  /** An application writes to it, so that it has it open, and SQLite's locks hold. */
  readonly isWritten: boolean;
  /** Its application was killed in the middle of a transaction, which the next to open it for writing takes back. */
  readonly isHalfWritten: boolean;
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
  let known: Known = { isWritten: false, isHalfWritten: false };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await stampsOf(path);
    let isLocked = false;
    const read = async () => {
      const way = await wayToRead(path, folder, before, known);
      isLocked = way.isLocked;
      return work(way.reading);
    };
    const [outcome] = await Promise.allSettled([read()]);
    const after = await stampsOf(path);

    // What is read under locks of SQLite is one moment; what is read without them is one only when nothing was written meanwhile.
    const isChanged = !isLocked && !isDeepStrictEqual(before, after);
    // Who begins or ends to use it makes and removes files, which may be missed in the middle.
    const isMissed =
      outcome.status === 'rejected' &&
      isAboutFiles(outcome.reason) &&
      !isDeepStrictEqual(present(before), present(after));
    if (isChanged || isMissed) known = { ...known, isWritten: true };
    else if (outcome.status === 'fulfilled') return outcome.value;
    else if (known.isHalfWritten || !isHalfWritten(outcome.reason)) throw outcome.reason;
    else known = { ...known, isHalfWritten: true };
  }
  throw new DatabaseError(
    `The SQLite database ${path} was opened and closed again and again while it was read. Try again when it is used less.`,
  );
}

interface Way {
  readonly isLocked: boolean;
  readonly reading: Reading;
}

async function wayToRead(path: string, folder: string, stamps: Stamps, known: Known): Promise<Way> {
  const { wal, shm, journal } = stamps;
  if (!(await isInWalMode(path))) {
    if (known.isHalfWritten && journal !== undefined) return copied(path, folder, '-journal');
    return { isLocked: true, reading: { path, mode: 'ro' } };
  }
  if (wal === undefined) return { isLocked: false, reading: { path, mode: 'ro', parameter: 'immutable=1' } };
  if (shm === undefined) return copied(path, folder, '-wal');

  // Without an application that has it open, SQLite reads a log that is left as if nobody could begin to write.
  const isLocked = known.isWritten || (await hasLocks(`${path}-shm`));
  return { isLocked, reading: { path, mode: 'ro', parameter: 'readonly_shm=1' } };
}

/** In the copy SQLite may recover. */
async function copied(path: string, folder: string, log: '-wal' | '-journal'): Promise<Way> {
  const copy = join(folder, 'to-recover.sqlite');
  await copyFile(path, copy);
  await copyFile(path + log, copy + log);
  return { isLocked: false, reading: { path: copy, mode: 'rw' } };
}

/** https://sqlite.org/rescode.html#readonly_rollback */
function isHalfWritten(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_READONLY_ROLLBACK';
}

/** A file that should be there is not, or one that should not be is. */
function isAboutFiles(error: unknown): boolean {
  return /^(ENOENT|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a process has a lock on a file; `false` where that cannot be seen. https://man7.org/linux/man-pages/man5/proc_locks.5.html */
async function hasLocks(path: string): Promise<boolean> {
  const { ino } = await stat(path);
  const locks = await readFile('/proc/locks', 'latin1').catch(() => '');
  return locks.includes(`:${ino} `);
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
  readonly journal: string | undefined;
}

/** Which of its files are there. */
function present({ wal, shm, journal }: Stamps): boolean[] {
  return [wal, shm, journal].map((stamp) => stamp !== undefined);
}

async function stampsOf(path: string): Promise<Stamps> {
  return {
    file: await stampOf(path),
    wal: await stampOf(`${path}-wal`),
    shm: await stampOf(`${path}-shm`),
    journal: await stampOf(`${path}-journal`),
  };
}

async function stampOf(path: string): Promise<string | undefined> {
  const stats = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return stats && [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
}
