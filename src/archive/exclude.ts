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
export function excluder(
  selection: Pick<FileSelection, 'exclude' | 'relativeTo'>,
  onExcluded: (glob: string) => void = () => {},
): LeavesOut {
  const globs = selection.exclude.map((glob) => ({ glob, matches: matcherOf(glob) }));
  return (path, include) => {
    const named = [nameInArchive(path, selection.relativeTo), fromFolder(path, include)];
    const first = globs.find(({ matches }) => matches(path, named));
    if (first) onExcluded(first.glob);
    return first !== undefined;
  };
}

/** `named` is the path as the archive has it, and as seen from the included folder. */
type Matches = (path: string, named: readonly string[]) => boolean;

function matcherOf(glob: string): Matches {
  if (glob.startsWith('/')) return matcherOfPath(resolve(glob));
  if (glob.startsWith('./') || withoutSlashes(glob).includes('/')) return fromTop(glob);
  const matches = matcherOfGlob(withoutSlashes(glob));
  return (path) => matches(posix.basename(path));
}

/** `./cache/` and `public/cache`: from the included folder, or as the archive has it, and at no other depth. */
function fromTop(glob: string): Matches {
  const matches = matcherOfGlob(withoutSlashes(glob.replace(/^(\.\/+)+/, '')));
  return (_, named) => named.some(matches);
}

/** `cache/` → `cache` */
function withoutSlashes(glob: string): string {
  return glob.replace(/\/+$/, '');
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
  // The configuration refuses `!x`, which would leave out everything but x.
  nonegate: true,
  noextglob: true,
  // `cache/**` leaves out what is in the folder and keeps the folder.
  strictSlashes: true,
  // File names may hold line breaks.
  flags: 's',
};
