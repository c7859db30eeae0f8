import { Readable } from 'node:stream';
import type { Content, StoreOptions } from '../destination.ts';
import { otherSize, readBack } from '../read-back.ts';
import type { Bucket } from './bucket.ts';
import { isForbidden } from './errors.ts';
import { lookAt } from './look.ts';
import { bytesOf } from './read.ts';
import type { Sums } from './sums.ts';

/**
 * Compares size and checksum. The store's own checksum will do when it is made as that of what was `sent` by this process;
 * otherwise (encrypted with other keys, stored by another process) the object is read back. Write-only credentials have
 * nothing but the answer to the upload, which some stores leave empty.
 */
export async function verifyObject(
  bucket: Bucket,
  key: string,
  sent: Sums | undefined,
  expected: Content,
  signal: AbortSignal,
  options: Pick<StoreOptions, 'onMoved'> = {},
): Promise<'verified' | 'write-only'> {
  const found = await lookAt(bucket, key);
  const isWholeSent = sent?.sizeInBytes() === expected.sizeInBytes;
  if (found === 'write-only') return isWholeSent && sent.isConfirmed() ? 'verified' : 'write-only';
  if (found !== undefined && found.sizeInBytes !== expected.sizeInBytes)
    throw otherSize(bucket.name, key, found.sizeInBytes, expected.sizeInBytes);
  if (isWholeSent && found?.tag === sent.tag()) return 'verified';
  try {
    await readBack(bucket.name, key, Readable.from(bytesOf(bucket, key)), expected, signal, options);
    return 'verified';
  } catch (error) {
    if (isForbidden(error)) return 'write-only';
    throw error;
  }
}
