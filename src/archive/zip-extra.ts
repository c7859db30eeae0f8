/**
 * The moment of modification as such. The date every zip entry has is a local time of an unnamed zone, and so wrong for
 * whoever unpacks the archive elsewhere. Nothing for moments a 32-bit number has no room for.
 * https://libzip.org/specifications/extrafld.txt, "Extended Timestamp Extra Field"
 */
export function extendedTimestamp(modifiedAt: Date): Buffer {
  const seconds = Math.floor(modifiedAt.getTime() / 1000);
  if (Math.abs(seconds) > 0x7fffffff) return Buffer.alloc(0);

  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
}

/**
 * Says, ahead of the content, that the sizes behind it have eight bytes. They are not known yet, hence the zeros.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.9.2 and 4.5.3
 */
export function zip64SizesFollow(): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(16, 2);
  return field;
}
