import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isSystemError, reasonOf } from './file-selection-error.ts';
import type { Place } from './place.ts';
import { type Reading, unreadable } from './reading.ts';

/** A file as it was when it was opened. */
export interface OpenFile {
  readonly place: Place;
  readonly handle: FileHandle;
  readonly seen: BigIntStats;
}

const chunkInBytes = 128 * 1024;

/**
 * Reads up to the size the file had when it was opened, so that a log that grows faster than it is read comes to an end.
 * A file that changes meanwhile is a warning. Closes the handle.
 */
export function contentOf(file: OpenFile, reading: Reading): Readable {
  let position = 0;

  async function readOn(stream: Readable): Promise<void> {
    const chunk = await nextChunk(file, position).catch((error) => stopShort(file, position, error, reading));
    position += chunk.length;
    if (chunk.length > 0 && position < file.seen.size) {
      stream.push(chunk);
      return;
    }
    await tellChange(file, position, reading);
    if (chunk.length > 0) stream.push(chunk);
    stream.push(null);
  }

  return new Readable({
    highWaterMark: chunkInBytes,
    read() {
      readOn(this).catch((error: Error) => this.destroy(error));
    },
    destroy(error, done) {
      file.handle.close().then(
        () => done(error),
        (closing: Error) => done(error ?? closing),
      );
    },
  });
}

/** Empty at the end. */
async function nextChunk({ handle, seen }: OpenFile, position: number): Promise<Buffer> {
  const wanted = Math.min(chunkInBytes, Number(seen.size) - position);
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
  return buffer.subarray(0, bytesRead);
}

/** A disk that fails halfway through a file: what was read is kept if the selection ignores what cannot be read. */
function stopShort(
  { place: { path } }: OpenFile,
  readInBytes: number,
  error: unknown,
  reading: Reading,
): Buffer {
  if (!reading.selection.ignoreUnreadable || !isSystemError(error)) throw unreadable(path, error);
  reading.warnings.add(
    'unreadable',
    `Kept only the first ${bytes(readInBytes)} of ${path}: ${reasonOf(error)}.`,
  );
  return Buffer.alloc(0);
}

async function tellChange(
  { handle, seen, place: { path } }: OpenFile,
  readInBytes: number,
  { warnings }: Reading,
): Promise<void> {
  const now = await handle.stat({ bigint: true });
  if (now.mtimeNs === seen.mtimeNs && now.size === seen.size) return;

  const read = bytes(readInBytes);
  if (now.size > seen.size) {
    warnings.add('changed', `${path} grew while it was read; the backup holds its first ${read}.`);
  } else if (now.size < seen.size) {
    warnings.add('changed', `${path} became shorter while it was read; the backup holds ${read} of it.`);
  } else {
    warnings.add('changed', `${path} was written to while it was read; the backup may mix both versions.`);
  }
}

function bytes(count: number): string {
  return `${count.toLocaleString('en-GB')} bytes`;
}
