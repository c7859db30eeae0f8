import { closeSync, constants, type Dir, open, opendir } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { pathOfDescriptor } from '../descriptor.ts';
import { isReplaced } from './file-selection-error.ts';
import type { Folder } from './look.ts';
import { leaveOutAsGone, type Reading, unlessUnreadable } from './reading.ts';
import { isSame } from './seen.ts';

/** A folder whose names are read. */
export interface OpenFolder {
  readonly names: Dir;
  /** How the system reaches it: by its descriptor, so that no link that is put in its place leads elsewhere. */
  readonly reach: Buffer;
  /** Where there are no paths of descriptors: whether what was looked at since was in it. */
  isStillThere(): Promise<boolean>;
  close(): void;
}

/** Nothing, with a warning, for a folder that is gone, has become something else, or may not be read. */
export async function openFolder(folder: Folder, reading: Reading): Promise<OpenFolder | undefined> {
  const { path } = folder.place;
  const opened = await unlessUnreadable(path, reading, () => openOrReplaced(folder));
  if (opened === 'replaced') leaveOutAsGone(path, reading);
  return opened === 'replaced' ? undefined : opened;
}

/** They are called for every folder there is, and take half the time of those in `fs/promises`. */
const openAsync = promisify(open);
// Its types know no paths in bytes.
const opendirAsync = promisify(opendir) as (path: Buffer, options: typeof asBytes) => Promise<Dir>;

async function openOrReplaced(folder: Folder): Promise<OpenFolder | 'replaced'> {
  try {
    const fd = await openAsync(folder.place.reach, flagsToEnter(folder));
    return await namesOf(fd, folder).catch((error: unknown) => {
      closeSync(fd);
      throw error;
    });
  } catch (error) {
    if (isReplaced(error)) return 'replaced';
    throw error;
  }
}

function flagsToEnter({ throughLink }: Folder): number {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  return O_RDONLY | O_DIRECTORY | (throughLink ? 0 : O_NOFOLLOW);
}

async function namesOf(fd: number, { place, stats }: Folder): Promise<OpenFolder> {
  const byDescriptor = pathOfDescriptor(fd);
  const reach = byDescriptor === undefined ? place.bytes : Buffer.from(byDescriptor);
  const names = await opendirAsync(reach, asBytes);

  return {
    names,
    reach,
    isStillThere: async () => byDescriptor !== undefined || isSame(await lstat(place.bytes), stats),
    close() {
      names.closeSync();
      closeSync(fd);
    },
  };
}

// Node takes 'buffer' here as everywhere in fs, and gives names as buffers; its types do not say so.
const asBytes = { encoding: 'buffer' as BufferEncoding, bufferSize: 128 };
