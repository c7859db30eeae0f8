import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileToRead, ReadOutcome } from '../archive.ts';
import { faultOf, isReplaced } from '../file-selection-error.ts';
import { isWhereItWas } from '../seen.ts';
import { flagsToRead, versionOf } from '../to-read.ts';
import type { TooLarge } from './task.ts';

interface ReadWhole {
  readonly content?: Buffer;
  readonly outcome: ReadOutcome | TooLarge;
}

/**
 * Reads a file up to the size it has when it is opened, in five calls to the system; for threads, as it blocks. One that says it has
 * no size, as those of /proc do, is read to its end. The content lies in `room`, until that is used again.
 */
export function readWhole(file: FileToRead, room: Buffer): ReadWhole {
  try {
    const fd = openSync(Buffer.from(file.pathAsLatin1, 'latin1'), flagsToRead(file.throughLink));
    try {
      return readOpen(fd, file, room);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (isReplaced(error)) return { outcome: { kind: 'replaced' } };
    return { outcome: { kind: 'not opened', fault: faultOf(error) } };
  }
}

function readOpen(fd: number, file: FileToRead, room: Buffer): ReadWhole {
  const stats = fstatSync(fd);
  if (!stats.isFile() || !isWhereItWas(fd, stats, file)) return { outcome: { kind: 'replaced' } };
  if (stats.size > room.length) return { outcome: { kind: 'too large', sizeInBytes: stats.size } };

  const { readInBytes, fault } = readUpTo(fd, stats.size === 0 ? room : room.subarray(0, stats.size), 0);
  if (stats.size === 0 && readInBytes === room.length) return { outcome: { kind: 'too large' } };
  const content = room.subarray(0, readInBytes);
  if (fault) return { content, outcome: { kind: 'stopped', fault, readInBytes } };
  const [opened, closed] = [versionOf(stats), versionOf(fstatSync(fd))];
  return { content, outcome: { kind: 'read', opened, closed, readInBytes } };
}

/** Fills `room` with what is at a position of a file; less of it at the file's end, or when the disk fails. */
export function readUpTo(fd: number, room: Buffer, position: number) {
  let readInBytes = 0;
  try {
    while (readInBytes < room.length) {
      const bytes = readSync(fd, room, readInBytes, room.length - readInBytes, position + readInBytes);
      if (bytes === 0) break;
      readInBytes += bytes;
    }
    return { readInBytes };
  } catch (error) {
    return { readInBytes, fault: faultOf(error) };
  }
}
