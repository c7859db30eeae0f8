import { readlinkSync, type Stats } from 'node:fs';
import { pathOfDescriptor } from '../descriptor.ts';
import type { FileToRead, Inode } from './archive.ts';

export function inodeOf({ dev, ino }: Stats): Inode {
  return { dev, ino };
}

export function isSame(one: Inode, other: Inode): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/**
 * Whether an open file is the one that was seen, or lies where that was: a program has saved it again, or its file system gives its files
 * new numbers each time. A folder on the way to it that became a link leads elsewhere. Where the system does not say where an open
 * file lies, it has to be the same.
 */
export function isWhereItWas(fd: number, opened: Stats, { pathAsLatin1, was }: FileToRead): boolean {
  if (was === undefined || isSame(opened, was)) return true;
  const open = pathOfDescriptor(fd);
  if (open === undefined) return false;
  const path = readlinkSync(open, 'latin1');
  return path === pathAsLatin1 || path === `${pathAsLatin1} (deleted)`;
}
