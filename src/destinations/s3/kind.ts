import {
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type ObjectLockConfiguration,
} from '@aws-sdk/client-s3';
import type { Finding } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import { doesNotKnow, isForbidden } from './errors.ts';

/** Whether it keeps what is removed or overwritten. */
export async function isVersioned({ client, options }: Bucket): Promise<Finding> {
  const about = 'versioned';
  try {
    const answer = await client.send(new GetBucketVersioningCommand({ Bucket: options.bucket }));
    if (answer.Status !== 'Enabled') return { about, answer: 'no' };
    return { about, answer: 'yes', note: keepsVersions };
  } catch (error) {
    if (isForbidden(error)) return { about, answer: 'unknown', note: notTold('s3:GetBucketVersioning') };
    if (doesNotKnow(error)) return { about, answer: 'unknown', note: notKnown };
    throw error;
  }
}

const notKnown = 'The store does not know this question.';

const keepsVersions =
  'What is removed stays as an old version, and is paid for, until a lifecycle rule of the bucket ends it.';

/** Whether objects in it can be locked, so that nobody can remove them for some time. */
export async function isLocked({ client, options }: Bucket): Promise<Finding> {
  const about = 'locked';
  const question = new GetObjectLockConfigurationCommand({ Bucket: options.bucket });
  const isWanted = options.objectLock !== undefined;
  try {
    const { ObjectLockConfiguration: lock } = await client.send(question);
    if (lock?.ObjectLockEnabled === 'Enabled')
      return { about, answer: 'yes', note: howLong(lock, options.objectLock) };
  } catch (error) {
    if (isForbidden(error))
      return { about, answer: 'unknown', note: notTold('s3:GetBucketObjectLockConfiguration') };
    if (!hasNoLock(error)) {
      if (!doesNotKnow(error)) throw error;
      if (!isWanted) return { about, answer: 'unknown', note: notKnown };
      return { about, answer: 'unknown', note: knowsNoLock, isProblem: true };
    }
  }
  if (!isWanted) return { about, answer: 'no' };
  return { about, answer: 'no', note: cannotLock, isProblem: true };
}

const knowsNoLock =
  '"objectLock" is set, and the store does not know object lock. Leave it out, or use another store.';

function howLong({ Rule }: ObjectLockConfiguration, own: Bucket['options']['objectLock']): string {
  if (own !== undefined) return `Each backup is locked for ${own.days} days (${own.mode}).`;
  const { Days, Years, Mode } = Rule?.DefaultRetention ?? {};
  if (Mode === undefined) return 'Nothing is locked unless "objectLock" says for how long.';
  return `Each backup is locked for ${Years === undefined ? `${Days} days` : `${Years} years`} (${Mode}), as the bucket says.`;
}

const cannotLock =
  '"objectLock" is set, and the bucket was made without object lock. Make it with, or leave "objectLock" out.';

function hasNoLock(error: unknown): boolean {
  return error instanceof Error && error.name === 'ObjectLockConfigurationNotFoundError';
}

function notTold(right: string): string {
  return `The credentials may not ask for it (${right}).`;
}
