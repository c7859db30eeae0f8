import { stat, statfs } from 'node:fs/promises';

/** What may still be written to the file system of `folder` by those who are not root. */
export async function freeSpaceOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** What the file system of `folder` is known by, as long as the machine runs. */
export async function fileSystemOf(folder: string): Promise<string> {
  const { dev } = await stat(folder);
  return String(dev);
}
