import { realpath, stat } from 'node:fs/promises';
import type { Entry, FileToRead, Format } from './archive.ts';
import { boundedWarnings } from './bounded-warnings.ts';
import { checkFileSelection } from './check-file-selection.ts';
import { excluder } from './exclude.ts';
import type { FileSelection } from './file-selection.ts';
import { hearOutcome } from './hear-outcome.ts';
import { type Found, keepable } from './look.ts';
import { fileNames } from './naming/name-files.ts';
import { type Naming, openNaming } from './naming/naming.ts';
import { openFile } from './open-file.ts';
import { idOf, type Place, placeOf } from './place.ts';
import { unlessUnreadable } from './reading.ts';
import { inodeOf } from './seen.ts';
import { type Step, type Walk, walk } from './walk.ts';

export interface SelectFilesOptions {
  /** Hears, in sentences, what was left out or changed while it was read: a bounded number of them. */
  warn(sentence: string): void;
  readonly signal: AbortSignal;
  /** Hears each glob that left something out, as often as it did. */
  readonly onExcluded?: (glob: string) => void;
  /** What the files are for. Left out: to be counted. */
  readonly archive?: { readonly naming: Naming } & Pick<Format, 'keepsMoment'>;
}

/**
 * The files of a selection as entries, one at a time: neither paths nor contents are gathered.
 * Each path comes once, however many includes lead to it, and each name as well.
 * @throws {FileSelectionError} for an included path that is not there, and for what may not be read.
 */
export async function* selectFiles(
  selection: FileSelection,
  { warn, signal, onExcluded, archive = toBeCounted() }: SelectFilesOptions,
): AsyncGenerator<Entry> {
  await checkFileSelection(selection);
  const warnings = boundedWarnings(warn);
  const reading = { selection, warnings };
  const names = fileNames(archive.naming, reading);
  const reached = new Set<string>();

  for (const place of outermostFirst(selection.include).map(placeOf)) {
    if (reached.has(idOf(place))) continue;
    reached.add(idOf(place));
    const realPathOf = await withoutLinks(place);
    const walking = {
      ...reading,
      names,
      signal,
      realPathOf,
      ...theirs(place, reached, selection, onExcluded),
    };
    for await (const step of beginning(place, walking)) {
      const entry = entryOf(step, walking);
      if (!archive.keepsMoment(entry.modifiedAt)) warnings.add('date', noRoom(step.place, entry));
      yield entry;
    }
  }
  warnings.close();
}

function toBeCounted(): NonNullable<SelectFilesOptions['archive']> {
  return { naming: openNaming({ keepsBytes: false }), keepsMoment: () => true };
}

function noRoom({ path }: Place, { modifiedAt }: Entry): string {
  const [date] = modifiedAt.toISOString().split('T');
  return `A zip has no room for the date of ${path}, ${date}: it comes back with the nearest one a zip has. A tar.gz keeps it.`;
}

/** Outer folders first, so that what is in them is known to be done. */
function outermostFirst(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => a.length - b.length);
}

/** Only the included path itself may be a link, or lie beneath one. What is wrong with it is reported when it is read. */
async function withoutLinks(include: Place): Promise<Walk['realPathOf']> {
  const real = await realpath(include.bytes, 'buffer').catch(() => include.bytes);
  return ({ bytes }) => Buffer.concat([real, bytes.subarray(include.bytes.length)]);
}

/** What a walk leaves out, and what it leaves to another included path. */
function theirs(
  include: Place,
  reached: Set<string>,
  selection: FileSelection,
  onExcluded?: (glob: string) => void,
): Pick<Walk, 'isLeftOut' | 'isOurs'> {
  const leavesOut = excluder(selection, onExcluded);
  const included = new Set(selection.include.map(placeOf).map(idOf));

  return {
    isLeftOut: ({ path }) => leavesOut(path, include.path),
    isOurs(place, { kind }) {
      if (!included.has(idOf(place))) return true;
      if (kind !== 'link') reached.add(idOf(place));
      return kind !== 'link';
    },
  };
}

/** A folder is named to get what is in it, also through a link; a file to get the file. */
async function* beginning(place: Place, walking: Walk): AsyncGenerator<Step> {
  if (walking.isLeftOut(place)) {
    walking.warnings.add('excluded', `Nothing of ${place.path} is backed up: it is excluded.`);
    return;
  }
  const stats = await unlessUnreadable(place.path, walking, () => stat(place.bytes));
  const start = stats && keepable(place, stats, true, walking);
  if (start === undefined) return;
  const name = walking.names.ofInclude(place, start.kind);
  if (start.kind === 'folder') yield* walk({ place, name, ...start }, walking);
  else yield { place, found: start, name };
}

function entryOf({ place, found, name, folder }: Step, reading: Walk): Entry {
  const { kind, stats } = found;
  const owner = { uid: stats.uid, gid: stats.gid };
  // Not `mtime`, which Node rounds: a file of 12:00:00.9996 would be dated 12:00:01.
  const modifiedAt = new Date(Math.min(Math.max(Math.floor(stats.mtimeMs), -mostOfDate), mostOfDate));
  const facts = { name, mode: stats.mode & 0o7777, modifiedAt, owner };
  if (kind === 'folder') return { ...facts, kind };
  if (kind === 'link') return { ...facts, kind, target: reading.names.ofTarget(place, found.target) };

  const file: FileToRead = {
    pathAsLatin1: reading.realPathOf(place).toString('latin1'),
    ...(folder && !found.throughLink && !reading.selection.followLinks && { was: inodeOf(stats) }),
    throughLink: found.throughLink,
  };
  return {
    ...facts,
    kind,
    sizeInBytes: stats.size,
    ...(hasOtherNames(found) && { inode: `${stats.dev}:${stats.ino}` }),
    open: () => openFile(place.path, file, reading),
    onDisk: {
      ...file,
      hear: (outcome) => hearOutcome(place.path, outcome, reading),
    },
  };
}

/** Milliseconds a Date has room for; some file systems have more. */
const mostOfDate = 8.64e15;

/** A name through a link is no other name of the file, but a copy that was asked for. */
function hasOtherNames({ stats, throughLink }: Extract<Found, { kind: 'file' }>): boolean {
  return stats.nlink > 1 && !throughLink;
}
