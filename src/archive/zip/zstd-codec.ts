import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Codec } from './codec.ts';
import { compressionMethod } from './format.ts';
import { proven, type RoomToUnpack } from './proven.ts';
import { blockInBytes } from './sizes.ts';

/**
 * Zstandard, which is quicker than deflate and needs a recent program to open. An entry is one frame: several of them are one
 * content to RFC 8878 and to 7-Zip, but libarchive and Python read no further than the first.
 */
export const zstdCodec: Codec = {
  method: compressionMethod.zstandard,
  whole: (content) => proven(zstd.zstdCompressSync(content), content, zstd.zstdDecompressSync),
  large: {
    kind: 'in one go',
    compress: () => zstd.createZstdCompress(streaming),
    unpack: () => zstd.createZstdDecompress(streaming),
  },
};

/** With room between them, so that reading, compressing and unpacking need not wait for each other at every block. */
const streaming = { chunkSize: blockInBytes, highWaterMark: 4 * blockInBytes };

// A cast, because the types are those of the oldest Node that Holdfast runs on; a newer one has it.
const zstd = zlib as unknown as {
  zstdCompressSync(content: Buffer): Buffer<ArrayBuffer>;
  zstdDecompressSync(bytes: Buffer, options: RoomToUnpack): Buffer<ArrayBuffer>;
  createZstdCompress(options: typeof streaming): Transform;
  createZstdDecompress(options: typeof streaming): Transform;
};
