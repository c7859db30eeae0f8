import { opendir } from 'node:fs/promises';
import { type Folder, type Found, look } from './look.ts';
import type { FileNames } from './naming/name-files.ts';
import { beneath, type Place } from './place.ts';
import { type Reading, unlessUnreadable } from './reading.ts';

export interface Walk extends Reading {
  readonly signal: AbortSignal;
  readonly names: FileNames;
  /** Asked before anything is known of a place, so that what is left out is neither looked at nor entered. */
  isLeftOut(place: Place): boolean;
  /** `false` when another included path is the one to list it. */
  isOurs(place: Place, found: Found): boolean;
}

/** A place, what is there, and its name in the archive. */
export type Step = readonly [Place, Found, string];

/**
 * Everything beneath a folder, each folder before what is in it, in the order the file system has it: sorting would
 * keep all names of a folder in memory, and there are folders of a million files.
 */
export async function* walk(folder: Folder, walking: Walk): AsyncGenerator<Step> {
  for await (const places of placesIn(folder.place, walking)) {
    walking.signal.throwIfAborted();
    const looks = places.map(async (place) => ({ place, found: await look(place, folder, walking) }));

    for (const { place, found } of await Promise.all(looks)) {
      if (found === undefined || !walking.isOurs(place, found)) continue;
      const name = walking.names.ofPlaceIn(folder, place, found.kind);
      yield [place, found, name];
      if (found.kind === 'folder') yield* walk({ place, name, stats: found.stats, parent: folder }, walking);
    }
  }
}

const lookedAtTogether = 32;

/** What is not left out of a folder, some places at a time: looking at one after the other is mostly waiting. */
async function* placesIn(folder: Place, walking: Walk): AsyncGenerator<Place[]> {
  let places: Place[] = [];
  for await (const name of namesIn(folder, walking)) {
    const place = beneath(folder, name);
    if (walking.isLeftOut(place)) continue;

    places.push(place);
    if (places.length < lookedAtTogether) continue;
    yield places;
    places = [];
  }
  yield places;
}

async function* namesIn(folder: Place, reading: Reading): AsyncGenerator<Buffer> {
  const names = await unlessUnreadable(folder.path, reading, () => opendir(folder.bytes, asBytes));
  if (names === undefined) return;

  try {
    const next = () => unlessUnreadable(folder.path, reading, () => names.read());
    for (let entry = await next(); entry; entry = await next()) yield Buffer.from(entry.name);
  } finally {
    await names.close();
  }
}

// Node takes 'buffer' here as everywhere in fs, and gives names as buffers; its types do not say so.
const asBytes = { encoding: 'buffer' as BufferEncoding, bufferSize: 128 };
