import { posix, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { FileSelection } from './file-selection.ts';
import { fromFolder, isBeneath, nameInArchive } from './names.ts';

/** Whether a backup never gets to `path`, because that or a folder above it is excluded. Not asked of the file system. */
export function excluderOf(selection: FileSelection): (path: string) => boolean {
  const leavesOut = excluder(selection);
  return (path) => {
    const leading = selection.include.filter((include) => path === include || isBeneath(path, include));
    return leading.length > 0 && leading.every((include) => isCutOff(path, include, leavesOut));
  };
}

function isCutOff(path: string, include: string, leavesOut: LeavesOut): boolean {
  if (leavesOut(path, include)) return true;
  return path !== include && isCutOff(posix.dirname(path), include, leavesOut);
}

type LeavesOut = (path: string, include: string) => boolean;

/** The globs for a walk that begins at `include` and asks from the top down: what is left out is never entered. */
export function excluder({ exclude, relativeTo }: Pick<FileSelection, 'exclude' | 'relativeTo'>): LeavesOut {
  const matchers = exclude.map((glob) => matcherOf(withoutTrimmings(glob)));
  return (path, include) => {
    const named = [nameInArchive(path, relativeTo), fromFolder(path, include)];
    return matchers.some((matches) => matches(path, named));
  };
}

/** `./cache/` → `cache` */
function withoutTrimmings(glob: string): string {
  const isPath = glob.startsWith('/');
  return isPath ? resolve(glob) : glob.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
}

/** `named` is the path as the archive has it, and as seen from the included folder. */
type Matches = (path: string, named: readonly string[]) => boolean;

function matcherOf(glob: string): Matches {
  if (glob.startsWith('/')) return matcherOfPath(glob);
  const matches = matcherOfGlob(glob);
  return glob.includes('/') ? (_, named) => named.some(matches) : (path) => matches(posix.basename(path));
}

/** Also everything beneath, so that an include inside an excluded folder is excluded too. */
function matcherOfPath(glob: string): Matches {
  const matches = matcherOfGlob(glob);
  const matchesAbove = matcherOfGlob(`${glob}/**`);
  return (path) => matches(path) || isBeneath(path, glob) || matchesAbove(path);
}

/** A name that holds glob characters, `my [old] files`, also means itself. */
function matcherOfGlob(glob: string): (text: string) => boolean {
  const matches = picomatch(glob, options);
  return (text) => text !== '' && (text === glob || matches(text));
}

const options = {
  dot: true,
  // `!x` would leave out everything but x.
  nonegate: true,
  noextglob: true,
  // `cache/**` leaves out what is in the folder and keeps the folder.
  strictSlashes: true,
  // File names may hold line breaks.
  flags: 's',
};
