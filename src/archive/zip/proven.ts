import { constants } from 'node:zlib';
import { giveBack } from './memory.ts';

type Bytes = Buffer<ArrayBuffer>;

/** What zlib gets so that what it unpacks comes in one piece. */
export interface RoomToUnpack {
  readonly chunkSize: number;
}

type Unpack = (compressed: Buffer, room: RoomToUnpack) => Bytes;

/**
 * What was compressed, once it has been unpacked again and is what it was. Memory and processors err, if rarely, and nobody later
 * could tell: what was spoilt here would be stored, compared and verified as it is, and not unpack.
 * @throws when it is not.
 */
export function proven(compressed: Bytes, content: Buffer, unpack: Unpack): Bytes {
  const unpacked = unpackedOrNot(compressed, unpack, content.length);
  const isWhatItWas = unpacked?.equals(content);
  if (unpacked) giveBack(unpacked);
  if (isWhatItWas) return compressed;
  throw new Error(doesNotUnpack);
}

function unpackedOrNot(compressed: Bytes, unpack: Unpack, contentInBytes: number): Bytes | undefined {
  // A byte is left over, or zlib makes another piece in case there is more.
  const chunkSize = Math.max(constants.Z_MIN_CHUNK, contentInBytes + 1);
  try {
    return unpack(compressed, { chunkSize });
  } catch {
    return undefined; // It does not unpack at all.
  }
}

/** As the end of a sentence that says what could not be done. */
export const doesNotUnpack =
  'what was compressed does not unpack to what it was. The memory of this machine may be faulty.';
