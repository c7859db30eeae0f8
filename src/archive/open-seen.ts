import { type FileHandle, open } from 'node:fs/promises';
import type { FileToRead, FileVersion } from './archive.ts';
import { isReplaced } from './file-selection-error.ts';
import { isWhereItWas, type Seen } from './seen.ts';
import { flagsToRead, versionOf } from './to-read.ts';

export interface SeenFile {
  readonly handle: FileHandle;
  readonly opened: FileVersion;
}

/** Opens what was a file when it was seen. */
export async function openSeen({
  pathAsLatin1,
  throughLink,
  was,
}: FileToRead): Promise<SeenFile | 'replaced'> {
  try {
    return await unlessReplaced(
      await open(Buffer.from(pathAsLatin1, 'latin1'), flagsToRead(throughLink)),
      was,
    );
  } catch (error) {
    if (isReplaced(error)) return 'replaced';
    throw error;
  }
}

async function unlessReplaced(handle: FileHandle, was: Seen | undefined): Promise<SeenFile | 'replaced'> {
  const stats = await handle.stat();
  if (stats.isFile() && isWhereItWas(handle.fd, stats, was)) return { handle, opened: versionOf(stats) };
  await handle.close();
  return 'replaced';
}
