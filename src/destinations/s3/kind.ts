import {
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type ObjectLockConfiguration,
} from '@aws-sdk/client-s3';
import type { Finding } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import { unlessForbidden } from './errors.ts';

/** Whether it keeps what is removed or overwritten. */
export async function isVersioned({ client, options }: Bucket): Promise<Finding> {
  const answer = await unlessForbidden(
    client.send(new GetBucketVersioningCommand({ Bucket: options.bucket })),
  );
  if (answer === undefined)
    return { about: 'versioned', answer: 'unknown', note: notTold('s3:GetBucketVersioning') };
  if (answer.Status !== 'Enabled') return { about: 'versioned', answer: 'no' };
  return { about: 'versioned', answer: 'yes', note: keepsVersions };
}

const keepsVersions =
  'What is removed stays as an old version, and is paid for, until a lifecycle rule of the bucket ends it.';

/** Whether objects in it can be locked, so that nobody can remove them for some time. */
export async function isLocked({ client, options }: Bucket): Promise<Finding> {
  const question = new GetObjectLockConfigurationCommand({ Bucket: options.bucket });
  try {
    const answer = await unlessForbidden(client.send(question));
    if (answer === undefined)
      return { about: 'locked', answer: 'unknown', note: notTold('s3:GetBucketObjectLockConfiguration') };
    if (answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled')
      return {
        about: 'locked',
        answer: 'yes',
        note: howLong(answer.ObjectLockConfiguration, options.objectLock),
      };
  } catch (error) {
    if (!hasNoLock(error)) throw error;
  }
  if (options.objectLock === undefined) return { about: 'locked', answer: 'no' };
  return { about: 'locked', answer: 'no', note: cannotLock, isProblem: true };
}

function howLong({ Rule }: ObjectLockConfiguration, own: Bucket['options']['objectLock']): string {
  if (own !== undefined) return `Each backup is locked for ${own.days} days (${own.mode}).`;
  const { Days, Years, Mode } = Rule?.DefaultRetention ?? {};
  if (Mode === undefined) return 'Nothing is locked unless "objectLock" says for how long.';
  return `Each backup is locked for ${Years === undefined ? `${Days} days` : `${Years} years`} (${Mode}), as the bucket says.`;
}

const cannotLock =
  '"objectLock" is set, and the bucket was made without object lock. Make it with, or leave "objectLock" out.';

/** The answer of stores that have no lock at all is that they do not know the question. */
function hasNoLock(error: unknown): boolean {
  const names = [
    'ObjectLockConfigurationNotFoundError',
    'NotImplemented',
    'MethodNotAllowed',
    'InvalidRequest',
  ];
  return error instanceof Error && names.includes(error.name);
}

function notTold(right: string): string {
  return `The credentials may not ask for it (${right}).`;
}
