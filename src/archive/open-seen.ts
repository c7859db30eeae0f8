import { type FileHandle, open } from 'node:fs/promises';
import type { FileToRead, FileVersion } from './archive.ts';
import { isReplaced } from './file-selection-error.ts';
import { isWhereItWas } from './seen.ts';
import { flagsToRead, versionOf } from './to-read.ts';

export interface SeenFile {
  readonly handle: FileHandle;
  readonly opened: FileVersion;
}

/** Opens what was a file when it was seen. */
export async function openSeen(file: FileToRead): Promise<SeenFile | 'replaced'> {
  const path = Buffer.from(file.pathAsLatin1, 'latin1');
  try {
    return await unlessReplaced(await open(path, flagsToRead(file.throughLink)), file);
  } catch (error) {
    if (isReplaced(error)) return 'replaced';
    throw error;
  }
}

async function unlessReplaced(handle: FileHandle, file: FileToRead): Promise<SeenFile | 'replaced'> {
  const stats = await handle.stat();
  if (stats.isFile() && isWhereItWas(handle.fd, stats, file)) return { handle, opened: versionOf(stats) };
  await handle.close();
  return 'replaced';
}
