import { posix } from 'node:path';
import type { ZlibOptions } from 'node:zlib';
import type { Entry } from './archive.ts';

// Less of it would cost a large entry more trips between threads, more of it a small one more memory than it has content.
const smallInBytes = 64 * 1024;

/** Photos, films and archives do not get smaller, only slower: they pass through as they are. */
export function compressionOf(entry: Entry): ZlibOptions {
  const isCompressed = compressedAlready.has(posix.extname(entry.name).toLowerCase());
  const isSmall =
    entry.kind === 'file' && entry.sizeInBytes !== undefined && entry.sizeInBytes < smallInBytes;
  return { level: isCompressed ? 0 : 6, chunkSize: isSmall ? smallInBytes / 4 : smallInBytes };
}

const compressedAlready = new Set(
  (
    '.7z .aac .apk .avi .avif .br .bz2 .docx .epub .flac .gif .gz .heic .jar .jpeg .jpg .m4a .m4v .mkv .mov .mp3 .mp4 ' +
    '.odt .ogg .opus .png .pptx .rar .tgz .webm .webp .woff .woff2 .xlsx .xz .zip .zst'
  ).split(' '),
);
