import { type Folder, type Found, look } from './look.ts';
import type { FileNames } from './naming/name-files.ts';
import { type OpenFolder, openFolder } from './open-folder.ts';
import { beneath, type Place } from './place.ts';
import { leaveOutAsGone, type Reading, unlessUnreadable } from './reading.ts';

export interface Walk extends Reading {
  readonly signal: AbortSignal;
  readonly names: FileNames;
  /** The whole path of a place, where no links are followed without one in it. */
  realPathOf(place: Place): Buffer;
  /** Asked before anything is known of a place, so that what is left out is neither looked at nor entered. */
  isLeftOut(place: Place): boolean;
  /** `false` when another included path is the one to list it. */
  isOurs(place: Place, found: Found): boolean;
}

/** A place that a walk came by. */
export interface Step {
  readonly place: Place;
  readonly found: Found;
  /** In the archive. */
  readonly name: string;
  /** Left out for an included path. */
  readonly folder?: Folder;
}

/**
 * Everything beneath a folder, each folder before what is in it, in the order the file system has it: sorting would
 * keep all names of a folder in memory, and there are folders of a million files.
 */
export async function* walk(folder: Folder, walking: Walk): AsyncGenerator<Step> {
  const open = await openFolder(folder, walking);
  if (open === undefined) return;

  try {
    for await (const places of placesIn(folder.place, open, walking)) {
      walking.signal.throwIfAborted();
      const looks = places.map(async (place) => ({ place, found: await look(place, folder, walking) }));
      const seen = await Promise.all(looks);
      if (!(await open.isStillThere())) return leaveOutAsGone(folder.place.path, walking);

      for (const { place, found } of seen) {
        if (found === undefined || !walking.isOurs(place, found)) continue;
        const name = walking.names.ofPlaceIn(folder, place, found.kind);
        yield { place, found, name, folder };
        if (found.kind === 'folder') yield* walk({ place, name, ...found, parent: folder }, walking);
      }
    }
  } finally {
    open.close();
  }
}

const lookedAtTogether = 32;

/** What is not left out of a folder, some places at a time: looking at one after the other is mostly waiting. */
async function* placesIn(folder: Place, open: OpenFolder, walking: Walk): AsyncGenerator<Place[]> {
  let places: Place[] = [];
  for await (const name of namesIn(folder, open, walking)) {
    const place = beneath(folder, open.reach, name);
    if (walking.isLeftOut(place)) continue;

    places.push(place);
    if (places.length < lookedAtTogether) continue;
    yield places;
    places = [];
  }
  yield places;
}

async function* namesIn(folder: Place, { names }: OpenFolder, reading: Reading): AsyncGenerator<Buffer> {
  const next = () => unlessUnreadable(folder.path, reading, () => names.read());
  for (let entry = await next(); entry; entry = await next()) yield Buffer.from(entry.name);
}
