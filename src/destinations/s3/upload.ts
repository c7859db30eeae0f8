import { randomUUID } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type { StoreOptions } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import { lookIfAllowed } from './look.ts';
import { partSizeFor } from './part-size.ts';
import { partsOf } from './parts.ts';
import { removeObject } from './remove.ts';
import { sendParts } from './send-parts.ts';
import { openSending, type Sending } from './sending.ts';
import type { Sums } from './sums.ts';
import { abortAll } from './unfinished.ts';

/**
 * Sends `content` part by part; the object appears with the last of them. Content of one part goes as a whole.
 * Memory: as many parts as may be on their way, for the next one is read when there is room for it. Gives the sums of what was sent.
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
  const sending = openSending(bucket, { key, mark, signal, onMoved, beforeItAppears });
  const sizeInBytes = partSizeFor(bucket.options.partSizeInMiB, estimatedSizeInBytes, bucket.parts.most);
  try {
    await send(content, sizeInBytes, bucket.options, sending, signal);
    signal.throwIfAborted();
  } catch (error) {
    await sending.abort();
    await settle(bucket, key, mark, sending, signal, error);
  } finally {
    if (sending.mayBeTwice()) await abortAll(bucket, key).catch(leaveForLater);
  }
  return sending.sums;
}

async function send(
  content: Readable,
  sizeInBytes: number,
  { partsInParallel }: Bucket['options'],
  sending: Sending,
  signal: AbortSignal,
): Promise<void> {
  const parts = partsOf(content, { sizeInBytes, most: partsInParallel });
  const first = await parts.next();
  if (first.done) return;
  if (first.value.isLast) return sending.whole(first.value.bytes);

  await sending.begin();
  const all = andThen(first.value, parts);
  await sending.complete(
    await sendParts(all, sending.part, { signal, stopReading: () => content.destroy() }),
  );
}

async function* andThen<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}

/** The store may not know `If-None-Match`, or only for objects that are sent whole. */
async function refuseExisting(bucket: Bucket, key: string): Promise<void> {
  const found = await lookIfAllowed(bucket, key);
  if (found === undefined || found === 'write-only') return;
  throw Object.assign(new Error(`${key} exists`), { name: 'PreconditionFailed' });
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
  const found = await lookIfAllowed(bucket, key).catch(() => undefined); // If nobody answers, the first error stands.
  if (found === undefined || found === 'write-only' || found.mark !== mark) throw error;
  if (!signal.aborted) return;
  await removeObject(bucket, key);
  throw error;
}

/** What is left is ended with the abandoned ones. */
function leaveForLater(): void {}
