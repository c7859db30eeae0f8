import type { Readable } from 'node:stream';
import { contentOf } from './content-of.ts';
import { openSeen } from './open-seen.ts';
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
  const file = await unlessUnreadable(place.path, reading, () => openSeen(place.bytes, throughLink));
  if (file === undefined) return undefined;
  if (file !== 'replaced') return contentOf({ ...file, path: place.path }, reading);

  leaveOutAsGone(place.path, reading);
  return undefined;
}
