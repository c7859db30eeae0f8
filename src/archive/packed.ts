import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { levelOf } from './compression.ts';

/** The whole content of a small file, compressed if that made it smaller. */
export interface Packed {
  readonly bytes: Buffer;
  readonly isDeflated: boolean;
  /** Of the content, as is its size. */
  readonly crc32: number;
  readonly sizeInBytes: number;
}

export async function pack(content: Buffer, name: string): Promise<Packed> {
  const facts = { crc32: crc32(content), sizeInBytes: content.length };
  const level = levelOf(name);
  const deflated = level === 0 ? content : await deflate(content, { level });

  if (deflated.length < content.length) return { bytes: deflated, isDeflated: true, ...facts };
  return { bytes: content, isDeflated: false, ...facts };
}

const deflate = promisify(deflateRaw);
