import { crc32 } from 'node:zlib';
import type { Codec } from './codec.ts';
import { isCompressible } from './compressible.ts';
import { compressionMethod, localFileHeader, type Sizes } from './format.ts';
import { readWhole } from './read-whole.ts';
import type { Item, PackedEntries, PackedEntry } from './task.ts';

/** Whole entries, ready to be written: CRC and sizes stand before the content, where every reader finds them. */
export function packEntries(items: readonly Item[], codec: Codec, room: Buffer): PackedEntries {
  const pieces: Buffer[] = [];
  let free = room;
  const entries = items.map((item) => {
    const packed = packEntry(item, codec, free, pieces);
    // What is stored stays where it was read until all is written in one piece.
    if (isStored(packed)) free = free.subarray(packed.written?.uncompressedSize);
    return packed;
  });
  return { bytes: inOnePiece(pieces), entries };
}

function isStored({ written }: PackedEntry): boolean {
  return written?.compressionMethod === compressionMethod.stored;
}

function packEntry(item: Item, codec: Codec, room: Buffer, pieces: Buffer[]): PackedEntry {
  if (item.file === undefined) return { written: writeEntry(item, bufferOf(item.content), codec, pieces) };

  const { content, outcome } = readWhole(item.file, room);
  if (content === undefined) return { outcome };
  return { outcome, written: writeEntry(item, content, codec, pieces) };
}

function bufferOf(content: Uint8Array = new Uint8Array()): Buffer {
  return Buffer.from(content.buffer, content.byteOffset, content.length);
}

function writeEntry(item: Item, content: Buffer, codec: Codec, pieces: Buffer[]) {
  const compressed = smaller(content, codec);
  const bytes = compressed ?? content;
  const method = compressed ? codec.method : compressionMethod.stored;
  const sizes: Sizes = {
    crc32: crc32(content),
    compressedSize: bytes.length,
    uncompressedSize: content.length,
  };
  const header = localFileHeader({ ...item, compressionMethod: method }, sizes);
  pieces.push(header, bytes);
  return { ...sizes, compressionMethod: method, lengthInBytes: header.length + bytes.length };
}

/** Nothing when it would not be smaller. */
function smaller(content: Buffer, codec: Codec): Buffer | undefined {
  if (content.length === 0 || !isCompressible(content)) return undefined;
  const compressed = codec.whole(content);
  return compressed.length < content.length ? compressed : undefined;
}

/** In memory of its own, which can be handed to another thread. */
function inOnePiece(pieces: readonly Buffer[]): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) at += piece.copy(bytes, at);
  return bytes;
}
