import { GetObjectCommand, HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { DateTime } from 'luxon';
import { type Bucket, keyOf, placeOf } from './bucket.ts';
import { isForbidden, isMissing, isNotReached, isWriteOnly } from './errors.ts';

/** What the store says of an object. */
export interface Found {
  /** `undefined` where the store does not say it. */
  readonly sizeInBytes: number | undefined;
  /** As the store writes it, without quotes. */
  readonly tag: string | undefined;
  /** What its upload was marked with, if it was one of ours. */
  readonly mark: string | undefined;
  readonly lock: Lock | undefined;
}

/** What keeps an object from being removed. */
export interface Lock {
  /** Left out: until somebody lifts it. */
  readonly until?: DateTime;
}

/** The name of the metadata that tells an upload of ours from any other to the same key. */
export const markName = 'holdfast-upload';

/** `undefined`: not there. `'write-only'`: these credentials may not look. @throws what the SDK throws */
export async function lookAt(bucket: Bucket, key: string): Promise<Found | 'write-only' | undefined> {
  const question = { ...placeOf(bucket, key), ...keyOf(bucket) };
  try {
    return found(await bucket.client.send(new HeadObjectCommand(question)));
  } catch (error) {
    if (isNotReached(error)) throw error;
    return hearWhy(bucket, question, error);
  }
}

/** The same for those who go on in any case: why it may not be looked at, a cap or a key, is nothing to them. */
export async function lookIfAllowed(bucket: Bucket, key: string): Promise<Found | 'write-only' | undefined> {
  try {
    return await lookAt(bucket, key);
  } catch (error) {
    if (isForbidden(error)) return 'write-only';
    throw error;
  }
}

/**
 * The answer to HEAD has no body: a wrong secret, a missing bucket, a missing right and a missing object look alike in it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
async function hearWhy(
  bucket: Bucket,
  question: { readonly Bucket: string; readonly Key: string },
  error: unknown,
): Promise<'write-only' | undefined> {
  try {
    await bucket.client.send(new GetObjectCommand({ ...question, Range: 'bytes=0-0' }));
  } catch (why) {
    if (isMissing(why)) return undefined;
    if (isWriteOnly(why)) return 'write-only';
    throw why;
  }
  throw error;
}

function found(output: HeadObjectCommandOutput): Found {
  return {
    sizeInBytes: output.ContentLength,
    tag: output.ETag?.replaceAll('"', ''),
    mark: output.Metadata?.[markName],
    lock: lockOf(output),
  };
}

function lockOf(output: HeadObjectCommandOutput): Lock | undefined {
  if (output.ObjectLockLegalHoldStatus === 'ON') return {};
  if (output.ObjectLockRetainUntilDate === undefined) return undefined;
  return { until: DateTime.fromJSDate(output.ObjectLockRetainUntilDate, { zone: 'utc' }) };
}
