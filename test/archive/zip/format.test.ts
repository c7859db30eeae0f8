import { describe, expect, it } from 'vitest';
import {
  centralDirectoryHeader,
  compressionMethod,
  dataDescriptor,
  endOfCentralDirectory,
  type Header,
  localFileHeader,
} from '../../../src/archive/zip/format.ts';

const lastModified = new Date('2026-07-01T12:34:56Z');
const header: Header = { fileName: 'a.txt', lastModified, compressionMethod: compressionMethod.deflated };
const sizes = { crc32: 0x01020304, compressedSize: 7, uncompressedSize: 9 };
const facts = { unixMode: 0o100644, relativeOffset: 0 };
const fourGiB = 0xffff_ffff;

describe('a local file header', () => {
  it('is what the specification says, byte for byte', () => {
    const record = localFileHeader(header, sizes);

    expect(record.toString('hex')).toBe(
      [
        '504b0304', // signature
        '1400', // version 2.0 is needed
        '0000', // no flags
        '0800', // deflated
        '5c64e15c', // 12:34:56 on 2026-07-01
        '04030201', // CRC-32
        '07000000', // compressed size
        '09000000', // uncompressed size
        '0500', // length of the name
        '0900', // length of the extra field
        '612e747874', // a.txt
        '55540500 01 7009456a'.replaceAll(' ', ''), // extended timestamp
      ].join(''),
    );
  });

  it('says that a name is UTF-8 only when it is not plain ASCII', () => {
    const flagsOf = (fileName: string) => localFileHeader({ ...header, fileName }, sizes).readUInt16LE(6);

    expect(flagsOf('plain.txt')).toBe(0);
    expect(flagsOf('café ☕.txt')).toBe(1 << 11);
  });

  it('says that the sizes follow, and how many bytes they have', () => {
    const zip32 = localFileHeader({ ...header, sizesFollow: 'zip32' });
    const zip64 = localFileHeader({ ...header, sizesFollow: 'zip64' });

    expect([zip32.readUInt16LE(6), zip32.readUInt32LE(18), zip32.readUInt32LE(22)]).toEqual([8, 0, 0]);
    expect([zip64.readUInt16LE(6), zip64.readUInt32LE(18), zip64.readUInt32LE(22)]).toEqual([
      8,
      fourGiB,
      fourGiB,
    ]);
    expect(zip64.subarray(35, 39).toString('hex')).toBe('01001000');
  });

  it.each([
    ['1979-12-31T23:59:59Z', '1980-01-01 00:00:00'],
    ['2000-02-29T23:59:58Z', '2000-02-29 23:59:58'],
    ['2107-12-31T23:59:58Z', '2107-12-31 23:59:58'],
    ['2108-01-01T00:00:00Z', '2107-12-31 00:00:00'],
  ])('has %s as the date %s', (moment, date) => {
    const record = localFileHeader({ ...header, lastModified: new Date(moment) }, sizes);

    expect(dosDate(record.readUInt16LE(12), record.readUInt16LE(10))).toBe(date);
  });

  it.each(['1900-01-01T00:00:00Z', '2200-01-01T00:00:00Z'])(
    'leaves the exact moment out when it has no room for it: %s',
    (moment) => {
      const record = localFileHeader({ ...header, lastModified: new Date(moment) }, sizes);

      expect(record.readUInt16LE(28)).toBe(0);
    },
  );
});

describe('a data descriptor', () => {
  it('has eight-byte sizes exactly when they were announced', () => {
    const large = { ...sizes, uncompressedSize: 5_000_000_000 };

    const zip32 = dataDescriptor({ ...header, sizesFollow: 'zip32' }, sizes);
    const zip64 = dataDescriptor({ ...header, sizesFollow: 'zip64' }, large);

    expect(zip32.toString('hex')).toBe('504b0708 04030201 07000000 09000000'.replaceAll(' ', ''));
    expect(zip64.readBigUInt64LE(16)).toBe(5_000_000_000n);
    expect(zip64).toHaveLength(24);
  });
});

describe('a central directory header', () => {
  it.each([
    ['the size', { uncompressedSize: fourGiB - 1 }, {}, []],
    ['the size', { uncompressedSize: fourGiB }, {}, [BigInt(fourGiB)]],
    ['the compressed size', { compressedSize: fourGiB }, {}, [BigInt(fourGiB)]],
    ['the place', {}, { relativeOffset: fourGiB - 1 }, []],
    ['the place', {}, { relativeOffset: fourGiB }, [BigInt(fourGiB)]],
    [
      'all three',
      { uncompressedSize: 5e9, compressedSize: 6e9 },
      { relativeOffset: 7e9 },
      [5_000_000_000n, 6_000_000_000n, 7_000_000_000n],
    ],
  ])('has zip64 for %s exactly when it is needed', (_, more, place, expected) => {
    const record = centralDirectoryHeader(header, { ...sizes, ...more }, { ...facts, ...place });

    expect(zip64In(record)).toEqual(expected);
    expect(record.readUInt16LE(6)).toBe(expected.length > 0 ? 45 : 20);
  });

  it('has the permissions of Unix, and the mark DOS knows a folder by', () => {
    const modeOf = (unixMode: number) =>
      centralDirectoryHeader(header, sizes, { ...facts, unixMode }).readUInt32LE(38);

    expect(modeOf(0o100644)).toBe(0o100644 * 0x10000);
    expect(modeOf(0o040755)).toBe(0o040755 * 0x10000 + 0x10);
    expect(modeOf(0o120777)).toBe(0o120777 * 0x10000);
  });
});

describe('the end of the central directory', () => {
  it.each([
    [65_534, 0, 0, false],
    [65_535, 0, 0, true],
    [65_536, 0, 0, true],
    [1, fourGiB - 1, 0, false],
    [1, fourGiB, 0, true],
    [1, 0, fourGiB - 1, false],
    [1, 0, fourGiB, true],
  ])(
    'with %d entries, %d bytes at %d has zip64 records: %s',
    (totalNumberOfEntries, size, offset, isZip64) => {
      const end = endOfCentralDirectory({ totalNumberOfEntries, size, offset });

      expect(end).toHaveLength(isZip64 ? 56 + 20 + 22 : 22);
      expect(end.readUInt16LE(end.length - 12)).toBe(Math.min(totalNumberOfEntries, 65_535));
      if (isZip64) expect(end.readBigUInt64LE(32)).toBe(BigInt(totalNumberOfEntries));
    },
  );
});

function zip64In(record: Buffer): bigint[] {
  const extra = record.subarray(46 + record.readUInt16LE(28));
  if (extra.readUInt16LE(0) !== 1) return [];
  return Array.from({ length: extra.readUInt16LE(2) / 8 }, (_, at) => extra.readBigUInt64LE(4 + 8 * at));
}

function dosDate(date: number, time: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`;
}
