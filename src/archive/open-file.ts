import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { contentOf, type OpenFile } from './content-of.ts';
import { isSystemError } from './file-selection-error.ts';
import type { Place } from './place.ts';
import { leaveOutAsGone, type Reading, unlessUnreadable } from './reading.ts';

/**
 * The content of a file whose turn has come; `undefined`, with a warning, when it is gone or is no file any more.
 * `throughLink` tells that a link was followed to get here.
 * @throws {FileSelectionError} when it may not be read.
 */
export async function openFile(
  place: Place,
  throughLink: boolean,
  reading: Reading,
): Promise<Readable | undefined> {
  const file = await unlessUnreadable(place.path, reading, () => openAsSeen(place, throughLink));
  if (file === undefined) return undefined;
  if (file !== 'replaced') return contentOf(file, reading);

  leaveOutAsGone(place.path, reading);
  return undefined;
}

/** What was a file a moment ago may be a pipe by now, which would block without `O_NONBLOCK`, or a link elsewhere. */
async function openAsSeen(place: Place, throughLink: boolean): Promise<OpenFile | 'replaced'> {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  try {
    const handle = await open(place.bytes, O_RDONLY | O_NONBLOCK | (throughLink ? 0 : O_NOFOLLOW));
    return await fileOrNothing(place, handle);
  } catch (error) {
    if (isSystemError(error) && replacedCodes.includes(error.code)) return 'replaced';
    throw error;
  }
}

// A link where none was followed, a socket. https://man7.org/linux/man-pages/man2/open.2.html
const replacedCodes = ['ELOOP', 'ENXIO'];

async function fileOrNothing(place: Place, handle: FileHandle): Promise<OpenFile | 'replaced'> {
  const seen = await handle.stat({ bigint: true });
  if (seen.isFile()) return { place, handle, seen };
  await handle.close();
  return 'replaced';
}
