import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteRange } from '../destination.ts';
import { unlessMissing } from './folders.ts';
import { renameUnlessThere } from './store-file.ts';

/** Has a file opened by its path, while its folder is the one it is. */
type Find = (open: (path: string) => Promise<FileHandle>) => Promise<FileHandle>;

function openToRead(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

const pieceInBytes = 1024 * 1024;

/** The bytes of a file, opened when they are asked for; the stream fails with what `explain` makes of an error. */
export function readFile(
  find: Find,
  range: ByteRange | undefined,
  explain: (error: unknown) => unknown,
): Readable {
  return Readable.from(bytesOf(find, range, explain), { objectMode: false });
}

async function* bytesOf(
  find: Find,
  range: ByteRange | undefined,
  explain: (error: unknown) => unknown,
): AsyncIterable<Buffer> {
  try {
    const file = await find(openToRead);
    // It closes the file, however it ends.
    yield* file.createReadStream({ ...range, highWaterMark: pieceInBytes });
  } catch (error) {
    throw explain(error);
  }
}

/**
 * All bytes of a file for a reader that keeps none of them: a piece is written over when the one after the next is asked for. A new
 * buffer for each would lie about until Node gets round to freeing it.
 */
export function skimFile(find: Find, explain: (error: unknown) => unknown): Readable {
  return Readable.from(piecesOf(find, explain), { highWaterMark: 1 });
}

async function* piecesOf(find: Find, explain: (error: unknown) => unknown): AsyncGenerator<Buffer> {
  try {
    const file = await find(openToRead);
    try {
      // The stream reads one piece ahead of its reader.
      const rooms = [Buffer.allocUnsafeSlow(pieceInBytes), Buffer.allocUnsafeSlow(pieceInBytes)] as const;
      for (let room: Buffer = rooms[0]; ; room = room === rooms[0] ? rooms[1] : rooms[0]) {
        const { bytesRead } = await file.read(room, 0, pieceInBytes);
        if (bytesRead === 0) return;
        yield room.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explain(error);
  }
}

/** `undefined` for what is not there, and for what is no plain file. */
export async function lookAtFile(path: string): Promise<{ readonly sizeInBytes: number } | undefined> {
  const found = await unlessMissing(lstat(path));
  return found?.isFile() ? { sizeInBytes: found.size } : undefined;
}

/** A file that is not there is no error. */
export async function removeFile(path: string): Promise<void> {
  await unlessMissing(unlink(path));
}

/** Writes, renames, lists and removes, as a run does, to see whether it can be done. Gives whether what was written is private. */
export async function probe(folder: string): Promise<{ readonly isPrivate: boolean }> {
  const path = join(folder, `.holdfast-probe-${randomBytes(4).toString('hex')}`);
  const file = await open(`${path}.partial`, 'wx', 0o600);
  try {
    await file.writeFile('Holdfast was here.');
    await file.sync();
    await renameUnlessThere(`${path}.partial`, path);
    await readdir(folder);
    return { isPrivate: ((await file.stat()).mode & 0o077) === 0 };
  } finally {
    await file.close();
    for (const each of [`${path}.partial`, path]) await rm(each, { force: true });
  }
}
