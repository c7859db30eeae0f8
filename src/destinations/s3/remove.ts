import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { DestinationError } from '../destination.ts';
import { type Bucket, placeOf } from './bucket.ts';
import { type Lock, lookIfAllowed } from './look.ts';

/**
 * Removes an object. In a versioned bucket it stays as an old version, which is all that a lock protects: the store would take
 * the deletion of a locked object without a word, so the lock is looked at first. What is not there is no error.
 */
export async function removeObject(bucket: Bucket, key: string): Promise<void> {
  const found = await lookIfAllowed(bucket, key);
  if (found === undefined) return;
  if (found !== 'write-only' && isLocked(found.lock, bucket)) throw locked(bucket, key, found.lock);
  await bucket.client.send(new DeleteObjectCommand(placeOf(bucket, key)));
}

function isLocked(lock: Lock | undefined, { clock }: Bucket): lock is Lock {
  return lock !== undefined && (lock.until === undefined || lock.until > clock());
}

function locked({ name }: Bucket, key: string, { until }: Lock): DestinationError {
  const howLong =
    until === undefined
      ? 'is under legal hold, until somebody lifts it'
      : `is locked until ${until.toUTC().toFormat('yyyy-MM-dd HH:mm')} UTC`;
  return new DestinationError(
    `Could not remove ${key} from ${name}: it ${howLong}. Nobody can remove it before.`,
  );
}
