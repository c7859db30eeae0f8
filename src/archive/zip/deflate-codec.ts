import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Codec, InBlocks } from './codec.ts';
import { isCompressible } from './compressible.ts';
import { compressionMethod } from './format.ts';
import { proven, type RoomToUnpack } from './proven.ts';
import { storedBlocks } from './stored-blocks.ts';

/**
 * What every program that opens zip files knows. A block ends with a sync flush, so that it ends on a whole byte and the next
 * may follow, as pigz does it: https://github.com/madler/pigz/blob/v2.8/pigz.c. Unlike there, a block of a MiB does not look
 * back into the one before it: that would save 0.1 % and cost the copying.
 */
export function deflateCodec(level: number): Codec & { readonly large: InBlocks } {
  function deflate(content: Buffer, finishFlush: number): Buffer<ArrayBuffer> {
    const chunkSize = boundOf(content.length);
    const deflated = deflateRawSync(content, { level, memLevel, chunkSize, finishFlush });
    return proven(deflated, content, inflate);
  }

  return {
    method: compressionMethod.deflated,
    whole: (content) => deflate(content, constants.Z_FINISH),
    large: {
      kind: 'in blocks',
      block(content) {
        if (level === 0 || !isCompressible(content)) return storedBlocks(content);
        const deflated = deflate(content, constants.Z_SYNC_FLUSH);
        return deflated.length < content.length ? deflated : storedBlocks(content);
      },
      // An empty last block. https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3
      ending: Buffer.from([0x03, 0x00]),
    },
  };
}

/** As much memory as deflate will use, 128 KiB more than usual: it finds what repeats itself in up to a tenth less time. */
const memLevel = 9;

/** Of a whole entry or of a block, which has no end of its own. */
function inflate(deflated: Buffer, room: RoomToUnpack): Buffer<ArrayBuffer> {
  return inflateRawSync(deflated, { ...room, finishFlush: constants.Z_SYNC_FLUSH });
}

/** Room for the result in one piece. Deflate makes content that does not get smaller larger by less than this. */
function boundOf(contentInBytes: number): number {
  return contentInBytes + (contentInBytes >>> 8) + 256;
}
