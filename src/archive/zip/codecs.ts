import type { Codec, Compression } from './codec.ts';
import { deflateCodec } from './deflate-codec.ts';
import { zstdCodec } from './zstd-codec.ts';

export function codecOf({ level }: Compression): Codec {
  return level === 'zstd' ? zstdCodec : deflateCodec(level);
}
