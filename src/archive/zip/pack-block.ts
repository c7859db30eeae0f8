import { crc32 } from 'node:zlib';
import type { InBlocks } from './codec.ts';
import { inMemoryOfItsOwn } from './memory.ts';
import { readUpTo } from './read-whole.ts';
import type { PackedBlock, Range } from './task.ts';

/** A part of an entry's content; what does not compress goes in as it is, whatever the parts around it are like. */
export function packBlock(content: Buffer, { block }: InBlocks): PackedBlock {
  const bytes = inMemoryOfItsOwn(block(content));
  return { bytes, crc32: crc32(content), uncompressedSize: content.length };
}

/** A part of an open file. Shorter, even empty, where the file has become so. */
export function packFileBlock(fd: number, range: Range, large: InBlocks, room: Buffer): PackedBlock {
  const { readInBytes, fault } = readUpTo(fd, room.subarray(0, range.lengthInBytes), range.position);
  const isShort = readInBytes < range.lengthInBytes;
  return { ...packBlock(room.subarray(0, readInBytes), large), isShort, ...(fault && { fault }) };
}
