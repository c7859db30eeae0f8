import { Readable } from 'node:stream';
import { type Content, DestinationError, type StoreOptions } from '../destination.ts';
import { otherSize, readBack } from '../read-back.ts';
import type { Bucket } from './bucket.ts';
import { isForbidden } from './errors.ts';
import { type Found, lookAt } from './look.ts';
import { bytesOf } from './read.ts';
import type { Sums } from './sums.ts';

/**
 * Compares size and checksum. The store's own checksum will do when it is made as that of what was `sent` by this process;
 * otherwise (encrypted with other keys, stored by another process, a size that is not said) the object is read back. Where
 * nobody may look there is nothing but the answer to the upload, which some stores leave empty.
 */
export async function verifyObject(
  bucket: Bucket,
  key: string,
  sent: Sums | undefined,
  expected: Content,
  signal: AbortSignal,
  options: Pick<StoreOptions, 'onMoved'> = {},
): Promise<'verified' | 'write-only'> {
  const isWholeSent = sent?.sizeInBytes() === expected.sizeInBytes;
  const isConfirmed = isWholeSent && sent.isConfirmed();
  const found = await look(bucket, key, isConfirmed);
  if (found === 'write-only') return isConfirmed ? 'verified' : 'write-only';
  if (found === undefined) throw missing(bucket, key);
  if (found.sizeInBytes !== undefined && found.sizeInBytes !== expected.sizeInBytes)
    throw otherSize(bucket.name, key, found.sizeInBytes, expected.sizeInBytes);
  if (isWholeSent && found.tag === sent.tag()) return 'verified';
  await readBack(bucket.name, key, Readable.from(bytesOf(bucket, key)), expected, signal, options);
  return 'verified';
}

/** Why it may not be looked at is asked only where the answer to the upload has left something open. */
async function look(
  bucket: Bucket,
  key: string,
  isConfirmed: boolean,
): Promise<Found | 'write-only' | undefined> {
  try {
    return await lookAt(bucket, key);
  } catch (error) {
    if (isConfirmed && isForbidden(error)) return 'write-only';
    throw error;
  }
}

function missing({ name }: Bucket, key: string): DestinationError {
  return new DestinationError(
    `${name} took ${key}, and says that it is not there. See whether a rule of the bucket or somebody else removes what is stored.`,
    { kind: 'missing' },
  );
}
