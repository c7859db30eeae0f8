/**
 * What was compressed, once it has been unpacked again and is what it was. Memory and processors err, if rarely, and nobody later
 * could tell: what was spoilt here would be stored, compared and verified as it is, and not unpack.
 * @throws when it is not.
 */
export function proven(
  compressed: Buffer<ArrayBuffer>,
  content: Buffer,
  unpack: (compressed: Buffer) => Buffer,
): Buffer<ArrayBuffer> {
  if (isWhatItWas(compressed, content, unpack)) return compressed;
  throw new Error(
    'what it compressed does not unpack to what it was. The memory of this machine may be faulty.',
  );
}

function isWhatItWas(compressed: Buffer, content: Buffer, unpack: (compressed: Buffer) => Buffer): boolean {
  try {
    return unpack(compressed).equals(content);
  } catch {
    return false; // It does not unpack at all.
  }
}
