import { stat } from 'node:fs/promises';
import type { Entry } from './archive.ts';
import { boundedWarnings } from './bounded-warnings.ts';
import { checkFileSelection } from './check-file-selection.ts';
import { excluder } from './exclude.ts';
import type { FileSelection } from './file-selection.ts';
import { hearOutcome } from './hear-outcome.ts';
import { type Found, keepable } from './look.ts';
import { nameInArchive } from './names.ts';
import { openFile } from './open-file.ts';
import { type Place, placeOf } from './place.ts';
import { type Reading, unlessUnreadable } from './reading.ts';
import { type Walk, walk } from './walk.ts';

export interface SelectFilesOptions {
  /** Hears, in sentences, what was left out or changed while it was read: a bounded number of them. */
  warn(sentence: string): void;
  readonly signal: AbortSignal;
}

/**
 * The files of a selection as entries, one at a time: neither names nor contents are gathered.
 * Each path comes once, however many includes lead to it.
 * @throws {FileSelectionError} for an included path that is not there, and for what may not be read.
 */
export async function* selectFiles(
  selection: FileSelection,
  { warn, signal }: SelectFilesOptions,
): AsyncGenerator<Entry> {
  await checkFileSelection(selection);
  const warnings = boundedWarnings(warn);
  const reached = new Set<string>();

  for (const include of outermostFirst(selection.include)) {
    if (reached.has(include)) continue;
    reached.add(include);
    const walking = walkFrom(include, reached, { selection, warnings }, signal);
    for await (const [place, found] of beginning(placeOf(include), walking)) {
      yield entryOf(place, found, walking);
    }
  }
  warnings.close();
}

/** Outer folders first, so that what is in them is known to be done. */
function outermostFirst(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => a.length - b.length);
}

function walkFrom(include: string, reached: Set<string>, reading: Reading, signal: AbortSignal): Walk {
  const leavesOut = excluder(reading.selection);

  return {
    ...reading,
    signal,
    isLeftOut: ({ path }) => leavesOut(path, include),
    isOurs({ path }, { kind }) {
      if (!reading.selection.include.includes(path)) return true;
      if (kind !== 'link') reached.add(path);
      return kind !== 'link';
    },
  };
}

/** A folder is named to get what is in it, also through a link; a file to get the file. */
async function* beginning(place: Place, walking: Walk): AsyncGenerator<[Place, Found]> {
  if (walking.isLeftOut(place)) {
    walking.warnings.add('excluded', `Nothing of ${place.path} is backed up: it is excluded.`);
    return;
  }
  const stats = await unlessUnreadable(place.path, walking, () => stat(place.bytes));
  const start = stats && keepable(place, stats, true, walking);
  if (start?.kind === 'folder') yield* walk({ place, stats: start.stats }, walking);
  else if (start) yield [place, start];
}

function entryOf(place: Place, found: Found, reading: Reading): Entry {
  const { kind, stats } = found;
  const name = nameInArchive(place.path, reading.selection.relativeTo);
  const owner = { uid: stats.uid, gid: stats.gid };
  // Not `mtime`, which Node rounds: a file of 12:00:00.9996 would be dated 12:00:01.
  const modifiedAt = new Date(Math.floor(stats.mtimeMs));
  const facts = { name, mode: stats.mode & 0o7777, modifiedAt, owner };
  if (kind === 'folder') return { ...facts, kind };
  if (kind === 'link') return { ...facts, kind, target: found.target };

  return {
    ...facts,
    kind,
    sizeInBytes: stats.size,
    ...(hasOtherNames(found) && { inode: `${stats.dev}:${stats.ino}` }),
    open: () => openFile(place, found.throughLink, reading),
    onDisk: {
      pathAsLatin1: place.bytes.toString('latin1'),
      throughLink: found.throughLink,
      hear: (outcome) => hearOutcome(place.path, outcome, reading),
    },
  };
}

/** A name through a link is no other name of the file, but a copy that was asked for. */
function hasOtherNames({ stats, throughLink }: Extract<Found, { kind: 'file' }>): boolean {
  return stats.nlink > 1 && !throughLink;
}
