import { PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { type Bucket, placeOf } from './bucket.ts';
import { lookAt } from './look.ts';
import { traitsOf } from './traits.ts';

/**
 * Some stores, older Ceph among them, forget the lock that an upload in parts was begun with: the object gets it afterwards.
 * With write-only credentials this cannot be seen; the bucket's default retention is the way then.
 */
export async function makeSureOfLock(bucket: Bucket, key: string): Promise<void> {
  const { ObjectLockMode, ObjectLockRetainUntilDate } = traitsOf(bucket);
  if (ObjectLockMode === undefined) return;
  const found = await lookAt(bucket, key);
  if (found === undefined || found === 'write-only' || found.lock !== undefined) return;

  await bucket.client.send(
    new PutObjectRetentionCommand({
      ...placeOf(bucket, key),
      Retention: { Mode: ObjectLockMode, RetainUntilDate: ObjectLockRetainUntilDate },
    }),
  );
}
