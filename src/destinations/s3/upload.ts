import { randomUUID } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import { Upload } from '@aws-sdk/lib-storage';
import type { StoreOptions } from '../destination.ts';
import { type Bucket, placeOf } from './bucket.ts';
import { lookAt, markName } from './look.ts';
import { partSizeFor } from './part-size.ts';
import { removeObject } from './remove.ts';
import { type Sending, watchSending } from './sending.ts';
import type { Sums } from './sums.ts';
import { traitsOf } from './traits.ts';
import { abortAll } from './unfinished.ts';

/**
 * Sends `content` part by part; the object appears with the last of them. Small content goes as a whole.
 * Memory: the parts on their way, the one that is being read, and what of the sent ones Node has yet to free. Gives the sums of
 * what was sent.
 * @throws what the SDK, or the stream, throws. Nothing is under the key then, and no upload is left.
 */
export async function upload(
  bucket: Bucket,
  key: string,
  content: Readable,
  signal: AbortSignal,
  { estimatedSizeInBytes, onMoved = () => {} }: StoreOptions = {},
): Promise<Sums> {
  addAbortSignal(signal, content);
  const beforeItAppears = () => refuseExisting(bucket, key);
  await beforeItAppears(); // Before an hour is spent on it.

  const mark = randomUUID();
  const sending = watchSending(bucket, { signal, onMoved, beforeItAppears });
  const params = { ...paramsOf(bucket, key, mark), Body: content };
  const partSize = partSizeFor(bucket.options.partSizeInMiB, estimatedSizeInBytes);
  try {
    const options = { client: sending.client, params, partSize, queueSize: bucket.options.partsInParallel };
    const { ETag } = await new Upload(options).done();
    sending.sums.heard(ETag);
    signal.throwIfAborted();
  } catch (error) {
    await settle(bucket, key, mark, sending, signal, error);
  } finally {
    if (sending.mayBeTwice()) await abortAll(bucket, key).catch(leaveForLater);
  }
  return sending.sums;
}

/** The store may not know `If-None-Match`, or only for objects that are sent whole. */
async function refuseExisting(bucket: Bucket, key: string): Promise<void> {
  const found = await lookAt(bucket, key);
  if (found === undefined || found === 'write-only') return;
  throw Object.assign(new Error(`${key} exists`), { name: 'PreconditionFailed' });
}

function paramsOf(bucket: Bucket, key: string, mark: string) {
  return { ...placeOf(bucket, key), ...traitsOf(bucket), Metadata: { [markName]: mark }, IfNoneMatch: '*' };
}

/**
 * An answer that got lost says nothing about what was done: what is there with our mark is whole, as the store had all of it when
 * it was asked to let it appear. When it is not wanted any more it is removed. @throws the error, unless the object is there
 */
async function settle(
  bucket: Bucket,
  key: string,
  mark: string,
  sending: Sending,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  if (!sending.mayBeThere()) throw error;
  const found = await lookAt(bucket, key).catch(() => undefined); // If nobody answers, the first error stands.
  if (found === undefined || found === 'write-only' || found.mark !== mark) throw error;
  if (!signal.aborted) return;
  await removeObject(bucket, key);
  throw error;
}

/** What is left is ended with the abandoned ones. */
function leaveForLater(): void {}
