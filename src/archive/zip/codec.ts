import type { Transform } from 'node:stream';
import type { CompressionMethod } from './format.ts';

/** How content becomes smaller. */
export interface Codec {
  readonly method: CompressionMethod;
  /** All of an entry's content. */
  whole(content: Buffer): Buffer;
  /** Content that is too large to be held as a whole. */
  readonly large: InBlocks | InOneGo;
}

/** Parts of an entry's content, compressed each for itself: one behind the other they are the entry, once `ending` is behind them. */
export interface InBlocks {
  readonly kind: 'in blocks';
  block(content: Buffer): Buffer<ArrayBuffer>;
  readonly ending: Buffer;
}

/** What can only be compressed from its beginning to its end. */
export interface InOneGo {
  readonly kind: 'in one go';
  compress(): Transform;
  unpack(): Transform;
}

/** A level of deflate, or Zstandard. */
export interface Compression {
  readonly level: number | 'zstd';
}
