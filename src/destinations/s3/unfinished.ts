import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { archiveKey, readBackupKey } from '../../domain/backup-key.ts';
import type { Finding } from '../destination.ts';
import { type Bucket, placeOf } from './bucket.ts';
import { doesNotKnow, isForbidden } from './errors.ts';
import { itemsOf } from './pages.ts';

const dayInMs = 24 * 3_600_000;

/** Tidying up keeps nobody waiting longer than this. */
const patienceInMs = 10_000;

/**
 * Ends the uploads of `app` that a run which died has left more than a day ago: nobody sees them, but their parts are paid for.
 * Where they cannot be found a lifecycle rule of the bucket (AbortIncompleteMultipartUpload) does it; a check says so. Whatever
 * fails here decides over no backup: the next run tries again.
 */
export async function abortAbandoned(bucket: Bucket, app: string, signal: AbortSignal): Promise<void> {
  const before = bucket.clock().toMillis() - dayInMs;
  const until = AbortSignal.any([signal, AbortSignal.timeout(patienceInMs)]);
  await abort(bucket, `${app}/`, ({ key, since }) => isOurs(key) && since < before, until).catch(
    leaveForLater,
  );
  signal.throwIfAborted();
}

/** Ends every upload to just this key. */
export function abortAll(bucket: Bucket, key: string, signal?: AbortSignal): Promise<void> {
  return abort(bucket, key, (upload) => upload.key === key, signal);
}

interface Unfinished {
  readonly key: string;
  readonly since: number;
}

async function abort(
  bucket: Bucket,
  prefix: string,
  isMeant: (upload: Unfinished) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  const options = signal && { abortSignal: signal };
  try {
    for await (const { Key = '', UploadId, Initiated } of uploads(bucket, prefix, options)) {
      const key = Key.slice(bucket.options.prefix.length);
      if (!isMeant({ key, since: Initiated?.getTime() ?? Number.POSITIVE_INFINITY })) continue;
      const command = new AbortMultipartUploadCommand({ ...placeOf(bucket, key), UploadId });
      await unlessGone(bucket.client.send(command, options));
    }
  } catch (error) {
    if (!isForbidden(error) && !doesNotKnow(error)) throw error;
  }
}

/** Whether unfinished uploads can be found here. @throws what the SDK throws */
export async function mayListUploads(bucket: Bucket): Promise<Finding> {
  const about = 'may list unfinished uploads';
  try {
    for await (const _upload of uploads(bucket, '', undefined)) break;
    return { about, answer: 'yes' };
  } catch (error) {
    if (isForbidden(error)) return { about, answer: 'no', note: lifecycle };
    if (doesNotKnow(error)) return { about, answer: 'unknown', note: lifecycle };
    throw error;
  }
}

const lifecycle = 'Give the bucket a lifecycle rule that ends unfinished uploads after a day.';

interface Markers {
  readonly KeyMarker?: string | undefined;
  readonly UploadIdMarker?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
function uploads(
  { client, options }: Bucket,
  prefix: string,
  sending: { readonly abortSignal: AbortSignal } | undefined,
): AsyncGenerator<MultipartUpload> {
  const question = { Bucket: options.bucket, Prefix: `${options.prefix}${prefix}` };
  return itemsOf(async (next?: Markers) => {
    const page = await client.send(new ListMultipartUploadsCommand({ ...question, ...next }), sending);
    const { Uploads: items = [], IsTruncated: isTruncated, NextKeyMarker: KeyMarker } = page;
    const markers = { KeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    return { items, isTruncated, next: KeyMarker === undefined ? undefined : markers };
  });
}

/** An archive or its manifest. */
function isOurs(key: string): boolean {
  return (readBackupKey(key) ?? archiveKey(key)) !== undefined;
}

/** It may have ended by itself meanwhile. */
async function unlessGone(aborted: Promise<unknown>): Promise<void> {
  try {
    await aborted;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NoSuchUpload') throw error;
  }
}

/** What is left is ended by the next run. */
function leaveForLater(): void {}
