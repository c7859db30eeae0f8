import zlib from 'node:zlib';
import type { Codec } from './codec.ts';
import { compressionMethod } from './format.ts';

/** Whether this Node can compress with Zstandard: from 22.15 on. https://nodejs.org/api/zlib.html#zlibzstdcompresssyncbuffer-options */
export const hasZstd = 'zstdCompressSync' in zlib;

/**
 * Zstandard, which is several times faster than deflate and needs a recent program to open. A block is a frame, and frames one
 * after the other are one content. https://www.rfc-editor.org/rfc/rfc8878#section-3.1
 */
export const zstdCodec: Codec = {
  method: compressionMethod.zstandard,
  whole: compress,
  block: compress,
  ending: Buffer.alloc(0),
};

function compress(content: Buffer): Buffer<ArrayBuffer> {
  // A cast, because the types are those of the oldest Node that Holdfast runs on; a newer one has it.
  const { zstdCompressSync } = zlib as unknown as { zstdCompressSync(content: Buffer): Buffer<ArrayBuffer> };
  return zstdCompressSync(content);
}
