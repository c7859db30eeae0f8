import { giveBack } from './memory.ts';

type Bytes = Buffer<ArrayBuffer>;

/**
 * What was compressed, once it has been unpacked again and is what it was. Memory and processors err, if rarely, and nobody later
 * could tell: what was spoilt here would be stored, compared and verified as it is, and not unpack.
 * @throws when it is not.
 */
export function proven(compressed: Bytes, content: Buffer, unpack: (compressed: Buffer) => Bytes): Bytes {
  const unpacked = unpackedOrNot(compressed, unpack);
  const isWhatItWas = unpacked?.equals(content);
  if (unpacked) giveBack(unpacked);
  if (isWhatItWas) return compressed;
  throw new Error(doesNotUnpack);
}

function unpackedOrNot(compressed: Bytes, unpack: (compressed: Buffer) => Bytes): Bytes | undefined {
  try {
    return unpack(compressed);
  } catch {
    return undefined; // It does not unpack at all.
  }
}

/** As the end of a sentence that says what could not be done. */
export const doesNotUnpack =
  'what was compressed does not unpack to what it was. The memory of this machine may be faulty.';
