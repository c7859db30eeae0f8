import type { CompressionMethod } from './format.ts';

/** How content becomes smaller. */
export interface Codec {
  readonly method: CompressionMethod;
  /** All of an entry's content. */
  whole(content: Buffer): Buffer;
  /** A part of an entry's content, compressed for itself: one block after the other is the entry, once `ending` is behind them. */
  block(content: Buffer): Buffer<ArrayBuffer>;
  readonly ending: Buffer;
}

/** A level of deflate, or Zstandard. */
export interface Compression {
  readonly level: number | 'zstd';
}
