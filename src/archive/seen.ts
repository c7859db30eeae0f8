import { readlinkSync, type Stats, statSync } from 'node:fs';
import { pathOfDescriptor } from '../descriptor.ts';

/** What a file was when the walk came by: numbers that a thread is handed. */
export interface Seen extends Inode {
  /** The folder it was in. */
  readonly folder: Inode;
}

interface Inode {
  readonly dev: number;
  readonly ino: number;
}

export function seen(file: Stats, folder: Stats): Seen {
  return { ...inodeOf(file), folder: inodeOf(folder) };
}

export function isSame(one: Inode, other: Inode): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function inodeOf({ dev, ino }: Inode): Inode {
  return { dev, ino };
}

/**
 * Whether an open file is the one that was seen, or took its place in the same folder, as a program does that saves: a folder on the
 * way to it that became a link leads elsewhere. Where the system does not say where an open file lies, it has to be the same.
 */
export function isWhereItWas(fd: number, opened: Stats, was: Seen | undefined): boolean {
  if (was === undefined || isSame(opened, was)) return true;
  const open = pathOfDescriptor(fd);
  if (open === undefined) return false;
  const path = readlinkSync(open, 'buffer');
  const folder = statSync(path.subarray(0, Math.max(1, path.lastIndexOf('/'))), { throwIfNoEntry: false });
  return folder !== undefined && isSame(folder, was.folder);
}
