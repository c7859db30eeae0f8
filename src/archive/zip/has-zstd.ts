import zlib from 'node:zlib';

/** Whether this Node can compress with Zstandard: from 22.15 on. https://nodejs.org/api/zlib.html#zlibzstdcompresssyncbuffer-options */
export const hasZstd = 'zstdCompressSync' in zlib;
