import { type FileHandle, open } from 'node:fs/promises';
import type { FileVersion } from './archive.ts';
import { isReplaced } from './file-selection-error.ts';
import { flagsToRead, versionOf } from './to-read.ts';

export interface SeenFile {
  readonly handle: FileHandle;
  readonly opened: FileVersion;
}

/** Opens what was a file when it was seen. `throughLink` tells that a link was followed to get to it. */
export async function openSeen(path: Buffer, throughLink: boolean): Promise<SeenFile | 'replaced'> {
  try {
    return await fileOrNothing(await open(path, flagsToRead(throughLink)));
  } catch (error) {
    if (isReplaced(error)) return 'replaced';
    throw error;
  }
}

async function fileOrNothing(handle: FileHandle): Promise<SeenFile | 'replaced'> {
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, opened: versionOf(stats) };
  await handle.close();
  return 'replaced';
}
