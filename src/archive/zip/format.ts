/*
 * The zip format, as PKWARE's APPNOTE 6.3.10 has it: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 * Names are the specification's, numbers in brackets its sections. All numbers are little-endian.
 */

/** How content is compressed (4.4.5). */
export const compressionMethod = { stored: 0, deflated: 8, zstandard: 93 } as const;
export type CompressionMethod = (typeof compressionMethod)[keyof typeof compressionMethod];

/** What both headers of an entry say. */
export interface Header {
  /** Segments with `/` between them; a folder's ends with one (4.4.17). */
  readonly fileName: string;
  readonly lastModified: Date;
  /** Of the file, as stat(2) has them. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly compressionMethod: CompressionMethod;
  /**
   * CRC and sizes are not known when the content begins and follow it in a data descriptor. `zip64`: there they have
   * eight bytes each, because they may pass 4 GiB.
   */
  readonly sizesFollow?: 'zip32' | 'zip64';
}

/** What is known of content once it is compressed. */
export interface Sizes {
  /** Of the content before compression. */
  readonly crc32: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
}

/** Stands before the content of an entry (4.3.7). `sizes` are left out when they follow. */
export function localFileHeader(header: Header, sizes: Sizes = nothing): Buffer {
  const isZip64 = header.sizesFollow === 'zip64';
  const extraField = Buffer.concat([
    ...(isZip64 ? [zip64ExtendedInformation([0, 0])] : []),
    extendedTimestamp(header.lastModified),
    unixOwner(header.owner),
  ]);
  const fileNameLength = Buffer.byteLength(header.fileName);

  const record = Buffer.allocUnsafe(30 + fileNameLength + extraField.length);
  record.writeUInt32LE(0x04034b50, 0); // local file header signature
  record.writeUInt16LE(versionNeededToExtract(header, isZip64), 4);
  record.writeUInt16LE(generalPurposeBitFlag(header, fileNameLength), 6);
  record.writeUInt16LE(header.compressionMethod, 8);
  record.writeUInt32LE(lastModFileDateAndTime(header.lastModified), 10);
  record.writeUInt32LE(sizes.crc32, 14);
  record.writeUInt32LE(isZip64 ? ffffffff : sizes.compressedSize, 18);
  record.writeUInt32LE(isZip64 ? ffffffff : sizes.uncompressedSize, 22);
  record.writeUInt16LE(fileNameLength, 26);
  record.writeUInt16LE(extraField.length, 28);
  record.write(header.fileName, 30);
  extraField.copy(record, 30 + fileNameLength);
  return record;
}

/** Stands behind content whose sizes follow (4.3.9). With eight-byte sizes if the local header announced them (4.3.9.2). */
export function dataDescriptor({ sizesFollow }: Header, sizes: Sizes): Buffer {
  const record = Buffer.allocUnsafe(sizesFollow === 'zip64' ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0); // signature (4.3.9.3)
  record.writeUInt32LE(sizes.crc32, 4);
  if (sizesFollow === 'zip64') {
    record.writeBigUInt64LE(BigInt(sizes.compressedSize), 8);
    record.writeBigUInt64LE(BigInt(sizes.uncompressedSize), 16);
  } else {
    record.writeUInt32LE(sizes.compressedSize, 8);
    record.writeUInt32LE(sizes.uncompressedSize, 12);
  }
  return record;
}

/** What only the central directory says of an entry. */
export interface CentralFacts {
  /** File type and permissions, as `st_mode` of stat(2) has them. */
  readonly unixMode: number;
  /** Where its local header begins in the archive. */
  readonly relativeOffset: number;
}

/** An entry's line in the table of contents (4.3.12). */
export function centralDirectoryHeader(header: Header, sizes: Sizes, facts: CentralFacts): Buffer {
  const large = [sizes.uncompressedSize, sizes.compressedSize, facts.relativeOffset].filter(needsZip64);
  const extraField = Buffer.concat([
    ...(large.length > 0 ? [zip64ExtendedInformation(large)] : []),
    extendedTimestamp(header.lastModified),
    unixOwner(header.owner),
  ]);
  const fileNameLength = Buffer.byteLength(header.fileName);
  const isZip64 = large.length > 0 || header.sizesFollow === 'zip64';

  const record = Buffer.allocUnsafe(46 + fileNameLength + extraField.length);
  record.writeUInt32LE(0x02014b50, 0); // central file header signature
  record.writeUInt16LE(versionMadeBy, 4);
  record.writeUInt16LE(versionNeededToExtract(header, isZip64), 6);
  record.writeUInt16LE(generalPurposeBitFlag(header, fileNameLength), 8);
  record.writeUInt16LE(header.compressionMethod, 10);
  record.writeUInt32LE(lastModFileDateAndTime(header.lastModified), 12);
  record.writeUInt32LE(sizes.crc32, 16);
  record.writeUInt32LE(Math.min(sizes.compressedSize, ffffffff), 20);
  record.writeUInt32LE(Math.min(sizes.uncompressedSize, ffffffff), 24);
  record.writeUInt16LE(fileNameLength, 28);
  record.writeUInt16LE(extraField.length, 30);
  record.writeUInt16LE(0, 32); // file comment length
  record.writeUInt16LE(0, 34); // disk number start
  record.writeUInt16LE(0, 36); // internal file attributes
  record.writeUInt32LE(externalFileAttributes(facts.unixMode), 38);
  record.writeUInt32LE(Math.min(facts.relativeOffset, ffffffff), 42);
  record.write(header.fileName, 46);
  extraField.copy(record, 46 + fileNameLength);
  return record;
}

/** Where the central directory is and how large, which is how a reader finds everything else. */
export interface CentralDirectory {
  readonly totalNumberOfEntries: number;
  readonly size: number;
  readonly offset: number;
}

/** The last bytes of an archive (4.3.16); before them the zip64 records (4.3.14, 4.3.15), where a number needs them. */
export function endOfCentralDirectory(directory: CentralDirectory): Buffer {
  const { totalNumberOfEntries, size, offset } = directory;
  const isZip64 = totalNumberOfEntries >= ffff || needsZip64(size) || needsZip64(offset);

  const record = Buffer.allocUnsafe(22);
  record.writeUInt32LE(0x06054b50, 0); // end of central dir signature
  record.writeUInt16LE(0, 4); // number of this disk
  record.writeUInt16LE(0, 6); // number of the disk with the start of the central directory
  record.writeUInt16LE(Math.min(totalNumberOfEntries, ffff), 8); // on this disk
  record.writeUInt16LE(Math.min(totalNumberOfEntries, ffff), 10);
  record.writeUInt32LE(Math.min(size, ffffffff), 12);
  record.writeUInt32LE(Math.min(offset, ffffffff), 16);
  record.writeUInt16LE(0, 20); // .ZIP file comment length
  return isZip64 ? Buffer.concat([zip64EndOfCentralDirectory(directory), record]) : record;
}

function zip64EndOfCentralDirectory({ totalNumberOfEntries, size, offset }: CentralDirectory): Buffer {
  const record = Buffer.allocUnsafe(56 + 20);
  record.writeUInt32LE(0x06064b50, 0); // zip64 end of central dir signature
  record.writeBigUInt64LE(44n, 4); // size of what follows in this record
  record.writeUInt16LE(versionMadeBy, 12);
  record.writeUInt16LE(45, 14); // version needed to extract
  record.writeUInt32LE(0, 16); // number of this disk
  record.writeUInt32LE(0, 20); // number of the disk with the start of the central directory
  record.writeBigUInt64LE(BigInt(totalNumberOfEntries), 24); // on this disk
  record.writeBigUInt64LE(BigInt(totalNumberOfEntries), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);

  record.writeUInt32LE(0x07064b50, 56); // zip64 end of central dir locator signature (4.3.15)
  record.writeUInt32LE(0, 60); // number of the disk with the zip64 end of central directory
  record.writeBigUInt64LE(BigInt(offset + size), 64); // where that record begins
  record.writeUInt32LE(1, 72); // total number of disks
  return record;
}

/** In place of a number that has no room in its field, which is then in the zip64 extra field (4.4.1.4). */
const ffffffff = 0xffff_ffff;
const ffff = 0xffff;

/** The number that stands for "elsewhere" cannot stand for itself. */
function needsZip64(number: number): boolean {
  return number >= ffffffff;
}

/** Sizes that are not there yet (4.4.4, bit 3). */
const nothing: Sizes = { crc32: 0, compressedSize: 0, uncompressedSize: 0 };

/** 4.4.2: upper byte 3, attributes as Unix has them; lower byte 63, this version of the specification. */
const versionMadeBy = (3 << 8) | 63;

/** 4.4.3: 1.0 for stored files, 2.0 for deflated ones and folders, 4.5 for zip64, 6.3 for newer compression. */
function versionNeededToExtract({ compressionMethod: method, fileName }: Header, isZip64: boolean): number {
  if (method === compressionMethod.zstandard) return 63;
  if (isZip64) return 45;
  return method === compressionMethod.deflated || fileName.endsWith('/') ? 20 : 10;
}

/** 4.4.4: bit 3, sizes follow the content; bit 11, the name is UTF-8, which is not said of plain ASCII. */
function generalPurposeBitFlag({ fileName, sizesFollow }: Header, fileNameLength: number): number {
  const isAscii = fileNameLength === fileName.length;
  return (sizesFollow ? 1 << 3 : 0) | (isAscii ? 0 : 1 << 11);
}

/**
 * 4.4.6: the date in the upper, the time in the lower half; in UTC, as the format names no zone. From 1980 to 2107, in steps of
 * two seconds: the exact moment is in the extended timestamp.
 */
function lastModFileDateAndTime(moment: Date): number {
  const year = moment.getUTCFullYear();
  if (year < 1980) return (1 << 21) | (1 << 16);
  if (year > 2107) return ((127 << 25) | (12 << 21) | (31 << 16)) >>> 0;
  const date = ((year - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate();
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}

/** 4.4.15: the Unix mode in the upper half; below it the bit by which DOS knows a folder. */
function externalFileAttributes(unixMode: number): number {
  const isFolder = (unixMode & 0o170000) === 0o040000;
  return ((unixMode << 16) | (isFolder ? 0x10 : 0)) >>> 0;
}

/** 4.5.3: only those numbers that have no room elsewhere, in their order; ahead of the content zeros, as they follow it. */
function zip64ExtendedInformation(numbers: readonly number[]): Buffer {
  const field = Buffer.allocUnsafe(4 + 8 * numbers.length);
  field.writeUInt16LE(0x0001, 0); // header ID
  field.writeUInt16LE(8 * numbers.length, 2); // data size
  for (const [at, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + 8 * at);
  return field;
}

/** Whether the fields below have room for a moment; if not, it is the first or the last of {@link lastModFileDateAndTime}. */
export function hasRoomFor(moment: Date): boolean {
  return moment.getTime() >= 0 && moment.getUTCFullYear() <= 2107;
}

/**
 * The moment of modification in seconds since 1970, whatever the zone. Left out where 31 bits have no room for it: programs differ
 * about the sign of the 32nd.
 * https://libzip.org/specifications/extrafld.txt, "Extended Timestamp Extra Field"
 */
function extendedTimestamp(moment: Date): Buffer {
  const seconds = Math.floor(moment.getTime() / 1000);
  if (seconds < 0 || seconds > 0x7fff_ffff) return Buffer.alloc(0);

  const field = Buffer.allocUnsafe(9);
  field.writeUInt16LE(0x5455, 0); // header ID, "UT"
  field.writeUInt16LE(5, 2); // data size
  field.writeUInt8(1, 4); // flags: the time of modification is here
  field.writeInt32LE(seconds, 5);
  return field;
}

/**
 * Who owns the file, which `unzip -X` restores. Left out where 32 bits have no room for a number.
 * https://libzip.org/specifications/extrafld.txt, "Info-ZIP New Unix Extra Field"
 */
function unixOwner(owner: Header['owner']): Buffer {
  if (owner === undefined || Math.max(owner.uid, owner.gid) > 0xffff_ffff) return Buffer.alloc(0);

  const field = Buffer.allocUnsafe(15);
  field.writeUInt16LE(0x7875, 0); // header ID, "ux"
  field.writeUInt16LE(11, 2); // data size
  field.writeUInt8(1, 4); // version
  field.writeUInt8(4, 5); // size of the uid
  field.writeUInt32LE(owner.uid, 6);
  field.writeUInt8(4, 10); // size of the gid
  field.writeUInt32LE(owner.gid, 11);
  return field;
}
