import { type _Object, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Backup } from '../../domain/backup.ts';
import { archiveKey, readBackupKey } from '../../domain/backup-key.ts';
import type { Bucket } from './bucket.ts';
import { itemsOf } from './pages.ts';

/** The backups of `app`. What does not parse as ours is not seen. */
export async function listObjects(bucket: Bucket, app: string): Promise<Backup[]> {
  const backups: Backup[] = [];
  for await (const { key, sizeInBytes } of objectsOf(bucket, app)) {
    const identity = readBackupKey(key);
    if (identity !== undefined) backups.push({ key, ...identity, sizeInBytes });
  }
  return backups;
}

/** The manifests of `app`, by their names alone. */
export async function manifestsIn(bucket: Bucket, app: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of objectsOf(bucket, app)) {
    if (archiveKey(key) !== undefined) keys.push(key);
  }
  return keys;
}

interface Listed {
  readonly key: string;
  readonly sizeInBytes: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
async function* objectsOf({ client, options }: Bucket, app: string): AsyncGenerator<Listed> {
  const { bucket, prefix } = options;
  const question = { Bucket: bucket, Prefix: `${prefix}${app}/`, Delimiter: '/' };
  const objects = itemsOf(async (next?: string) => {
    const page = await client.send(new ListObjectsV2Command({ ...question, ContinuationToken: next }));
    const { Contents: items = [], IsTruncated: isTruncated, NextContinuationToken } = page;
    return { items, isTruncated, next: NextContinuationToken };
  });
  for await (const object of objects) yield listed(object, prefix);
}

function listed({ Key = '', Size = 0 }: _Object, prefix: string): Listed {
  return { key: Key.slice(prefix.length), sizeInBytes: Size };
}
