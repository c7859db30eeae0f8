import { lstat as lstatWithCallback, type Stats } from 'node:fs';
import { readlink, stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { promisify } from 'node:util';
import { isGone, isSystemError, systemError } from './file-selection-error.ts';
import type { Place } from './place.ts';
import { type Reading, unlessUnreadable } from './reading.ts';

/** It is called for every file there is, and takes half the time of the one in `fs/promises`. */
const lstat = promisify(lstatWithCallback);

/** What there is at a place and can be kept. */
export type Found =
  | { readonly kind: 'folder'; readonly stats: Stats; readonly throughLink: boolean }
  | { readonly kind: 'file'; readonly stats: Stats; readonly throughLink: boolean }
  | { readonly kind: 'link'; readonly stats: Stats; readonly target: Buffer };

/** A folder on the way from an included path down to where the walk is. */
export interface Folder {
  readonly place: Place;
  /** In the archive; empty when it is the archive's top. */
  readonly name: string;
  readonly stats: Stats;
  /** A link was followed to get to it. */
  readonly throughLink: boolean;
  readonly parent?: Folder;
}

/** Nothing, with a warning, for what is gone, may not be read, or has no content to keep. */
export function look(place: Place, folder: Folder, reading: Reading): Promise<Found | undefined> {
  return unlessUnreadable(place.path, reading, async () => {
    // By the descriptor of its folder it could be looked at; its content is read, and unpacked, by its whole path.
    if (place.bytes.length >= pathMax) throw tooLong();
    const stats = await lstat(place.reach);
    if (!stats.isSymbolicLink()) return keepable(place, stats, false, reading);

    const beyond = reading.selection.followLinks ? await follow(place, folder, reading) : undefined;
    if (beyond !== undefined) return keepable(place, beyond, true, reading);
    const target = await readlink(place.reach, { encoding: 'buffer' });
    return { kind: 'link', stats, target };
  });
}

/** https://man7.org/linux/man-pages/man7/path_resolution.7.html, "Length limit" */
const pathMax = 4096;

function tooLong(): Error {
  const errno = -constants.errno.ENAMETOOLONG;
  return systemError({ message: 'The path is too long.', code: 'ENAMETOOLONG', errno });
}

/** Nothing, with a warning, for what has no content. */
export function keepable(
  { path }: Place,
  stats: Stats,
  throughLink: boolean,
  { warnings }: Reading,
): Found | undefined {
  if (stats.isDirectory()) return { kind: 'folder', stats, throughLink };
  if (stats.isFile()) return { kind: 'file', stats, throughLink };
  warnings.add('special', `Left out ${path}: it is ${specialKind(stats)}, which has no content to keep.`);
  return undefined;
}

function specialKind(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  return stats.isFIFO() ? 'a pipe' : 'a device';
}

/** What a link leads to; nothing, with a warning, when that is nowhere or a folder the walk is in. */
async function follow(place: Place, folder: Folder, { warnings }: Reading): Promise<Stats | undefined> {
  const stats = await beyondLink(place);
  if (stats === undefined) {
    warnings.add('link', `Kept ${place.path} as a link: what it points at is not there.`);
    return undefined;
  }
  if (!stats.isDirectory() || !isWithin(stats, folder)) return stats;

  warnings.add('link', `Kept ${place.path} as a link: it leads back to a folder it is in.`);
  return undefined;
}

async function beyondLink({ reach }: Place): Promise<Stats | undefined> {
  try {
    return await stat(reach);
  } catch (error) {
    if (isGone(error) || (isSystemError(error) && error.code === 'ELOOP')) return undefined;
    throw error;
  }
}

function isWithin(stats: Stats, folder: Folder | undefined): boolean {
  if (folder === undefined) return false;
  const isSame = stats.dev === folder.stats.dev && stats.ino === folder.stats.ino;
  return isSame || isWithin(stats, folder.parent);
}
