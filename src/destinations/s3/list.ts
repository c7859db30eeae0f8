import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { AppName, type Backup } from '../../domain/backup.ts';
import { archiveKey, readBackupKey } from '../../domain/backup-key.ts';
import type { Bucket } from './bucket.ts';
import { refuseEmpty } from './not-a-store.ts';
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

/** What may be the folders of apps: what stands before the first "/" of names. */
export async function foldersIn(bucket: Bucket): Promise<string[]> {
  const { prefix } = bucket.options;
  const names: string[] = [];
  for await (const { Prefix = '' } of listed(bucket, prefix, ({ CommonPrefixes = [] }) => CommonPrefixes))
    names.push(Prefix.slice(prefix.length, -1));
  return names.filter((name) => AppName.safeParse(name).success);
}

interface Listed {
  readonly key: string;
  readonly sizeInBytes: number;
}

async function* objectsOf(bucket: Bucket, app: string): AsyncGenerator<Listed> {
  const { prefix } = bucket.options;
  for await (const { Key = '', Size = 0 } of listed(
    bucket,
    `${prefix}${app}/`,
    ({ Contents = [] }) => Contents,
  ))
    yield { key: Key.slice(prefix.length), sizeInBytes: Size };
}

/** What `pick` takes of each page about what stands below `under`. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
function listed<Item>(
  { client, options }: Bucket,
  under: string,
  pick: (page: ListObjectsV2CommandOutput) => readonly Item[],
): AsyncGenerator<Item> {
  const question = { Bucket: options.bucket, Prefix: under, Delimiter: '/' };
  return itemsOf(async (next?: string) => {
    const command = new ListObjectsV2Command({ ...question, ContinuationToken: next });
    const page = refuseEmpty(await client.send(command));
    return { items: pick(page), isTruncated: page.IsTruncated, next: page.NextContinuationToken };
  });
}
