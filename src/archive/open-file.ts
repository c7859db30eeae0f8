import type { Readable } from 'node:stream';
import type { FileToRead } from './archive.ts';
import { contentOf } from './content-of.ts';
import { openSeen } from './open-seen.ts';
import { leaveOutAsGone, type Reading, unlessUnreadable } from './reading.ts';

/**
 * The content of a file whose turn has come; `undefined`, with a warning, when it is gone or is not what it was any more.
 * @throws {FileSelectionError} when it may not be read.
 */
export async function openFile(
  path: string,
  toRead: FileToRead,
  reading: Reading,
): Promise<Readable | undefined> {
  const file = await unlessUnreadable(path, reading, () => openSeen(toRead));
  if (file === undefined) return undefined;
  if (file !== 'replaced') return contentOf({ ...file, path }, reading);

  leaveOutAsGone(path, reading);
  return undefined;
}
