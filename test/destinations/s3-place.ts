import {
  ListMultipartUploadsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DateTime } from 'luxon';
import type { z } from 'zod';
import type { Destination } from '../../src/destinations/destination.ts';
import { S3Options } from '../../src/destinations/s3/options.ts';
import { s3Destination } from '../../src/destinations/s3.ts';
import type { Ceph } from '../support/services/ceph.ts';

type Changed = Partial<Omit<z.input<typeof S3Options>, 'driver' | 'bucket'>>;

/** A destination in a bucket of the test's store. */
export function openS3(
  { endpoint, keys }: Pick<Ceph, 'endpoint' | 'keys'>,
  bucket: string,
  changed: Changed = {},
  clock?: () => DateTime,
): Destination {
  const options = { driver: 's3', endpoint, bucket, credentials: keys, partSizeInMiB: 5, ...changed };
  return s3Destination('offsite', S3Options.parse(options), clock);
}

/** The keys of all objects, and of all uploads that have not ended. */
export async function everythingIn(client: S3Client, bucket: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    found.push(...Contents.map(({ Key = '' }) => Key));
  }
  return [...found, ...(await uploadsIn(client, bucket))];
}

export async function uploadsIn(client: S3Client, bucket: string): Promise<string[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  return Uploads.map(({ Key = '' }) => `${Key} (unfinished)`).toSorted();
}

export async function plant(client: S3Client, bucket: string, key: string, content: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(content) }));
}
