import { statfs } from 'node:fs/promises';

/** What may still be written to the file system of `folder` by those who are not root. */
export async function freeSpaceOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
