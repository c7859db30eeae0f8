import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Codec } from './codec.ts';
import { compressionMethod } from './format.ts';
import { proven } from './proven.ts';
import { blockInBytes } from './sizes.ts';

/** Whether this Node can compress with Zstandard: from 22.15 on. https://nodejs.org/api/zlib.html#zlibzstdcompresssyncbuffer-options */
export const hasZstd = 'zstdCompressSync' in zlib;

/**
 * Zstandard, which is several times faster than deflate and needs a recent program to open. An entry is one frame: several of
 * them are one content to RFC 8878 and to 7-Zip, but libarchive and Python read no further than the first.
 */
export const zstdCodec: Codec = {
  method: compressionMethod.zstandard,
  whole(content) {
    // In one piece, and with room left, or Node makes another.
    const options = { chunkSize: Math.max(zlib.constants.Z_MIN_CHUNK, content.length + 1) };
    const unpack = (bytes: Buffer) => zstd.zstdDecompressSync(bytes, options);
    return proven(zstd.zstdCompressSync(content), content, unpack);
  },
  large: {
    kind: 'in one go',
    compress: () => zstd.createZstdCompress(inBlocks),
    unpack: () => zstd.createZstdDecompress(inBlocks),
  },
};

/** With room between them, so that reading, compressing and unpacking need not wait for each other at every block. */
const inBlocks = { chunkSize: blockInBytes, highWaterMark: 4 * blockInBytes };

// A cast, because the types are those of the oldest Node that Holdfast runs on; a newer one has it.
const zstd = zlib as unknown as {
  zstdCompressSync(content: Buffer): Buffer<ArrayBuffer>;
  zstdDecompressSync(bytes: Buffer, options: { readonly chunkSize: number }): Buffer<ArrayBuffer>;
  createZstdCompress(options: typeof inBlocks): Transform;
  createZstdDecompress(options: typeof inBlocks): Transform;
};
