import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { type Bucket, keyOf } from './bucket.ts';

type Traits = Pick<
  PutObjectCommandInput,
  | 'ObjectLockMode'
  | 'ObjectLockRetainUntilDate'
  | 'ServerSideEncryption'
  | 'SSECustomerAlgorithm'
  | 'SSECustomerKey'
  | 'SSEKMSKeyId'
  | 'StorageClass'
  | 'Tagging'
>;

/** What the configuration wants of every object that is stored now. */
export function traitsOf(bucket: Bucket): Traits {
  const { storageClass, tags } = bucket.options;
  return {
    ...encryptionOf(bucket),
    ...lockOf(bucket),
    ...(storageClass && { StorageClass: storageClass as NonNullable<Traits['StorageClass']> }), // Stores have classes of their own.
    ...(Object.keys(tags).length > 0 && { Tagging: asQuery(tags) }),
  };
}

/** Not every store takes a "+" for a space. */
function asQuery(tags: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(tags).map((pair) => pair.map(encodeURIComponent).join('='));
  return pairs.join('&');
}

function encryptionOf(bucket: Bucket): Traits {
  const encryption = bucket.options.serverSideEncryption;
  switch (encryption?.method) {
    case undefined:
      return {};
    case 'AES256':
      return { ServerSideEncryption: 'AES256' };
    case 'aws:kms':
      return { ServerSideEncryption: 'aws:kms', ...(encryption.key && { SSEKMSKeyId: encryption.key }) };
    case 'SSE-C':
      return keyOf(bucket);
  }
}

function lockOf({ options: { objectLock }, clock }: Bucket): Traits {
  if (objectLock === undefined) return {};
  return {
    ObjectLockMode: objectLock.mode,
    ObjectLockRetainUntilDate: clock().plus({ days: objectLock.days }).toJSDate(),
  };
}
