import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileVersion } from './archive.ts';
import { faultOf } from './file-selection-error.ts';
import { hearOutcome } from './hear-outcome.ts';
import type { Reading } from './reading.ts';
import { versionOf } from './to-read.ts';

/** A file as it was when it was opened. */
export interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly opened: FileVersion;
}

const chunkInBytes = 128 * 1024;

/**
 * Reads up to the size the file had when it was opened, so that a log that grows faster than it is read comes to an end. A file that
 * says it has no size, as those of /proc do, is read to its end.
 * A file that changes meanwhile is a warning. Closes the handle.
 */
export function contentOf(file: OpenFile, reading: Reading): Readable {
  let position = 0;

  async function readOn(stream: Readable): Promise<void> {
    const chunk = await nextChunk(file, position, reading);
    position += chunk.length;
    if (chunk.length > 0 && position < sizeOf(file)) {
      stream.push(chunk);
      return;
    }
    const closed = versionOf(await file.handle.stat());
    hearOutcome(file.path, { kind: 'read', opened: file.opened, closed, readInBytes: position }, reading);
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
async function nextChunk(file: OpenFile, position: number, reading: Reading): Promise<Buffer> {
  const wanted = Math.min(chunkInBytes, sizeOf(file) - position);
  try {
    const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    hearOutcome(file.path, { kind: 'stopped', fault: faultOf(error), readInBytes: position }, reading);
    return Buffer.alloc(0);
  }
}

function sizeOf({ opened }: OpenFile): number {
  return opened.sizeInBytes || Number.POSITIVE_INFINITY;
}
