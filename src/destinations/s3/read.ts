import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ByteRange } from '../destination.ts';
import { type Bucket, keyOf, placeOf } from './bucket.ts';
import { isNotReached } from './errors.ts';

/**
 * The bytes of an object. When the connection breaks in the middle it goes on from where it was, as long as it gets further.
 * @throws what the SDK throws
 */
export async function* bytesOf(
  bucket: Bucket,
  key: string,
  range: ByteRange = { start: 0 },
): AsyncGenerator<Buffer> {
  let { start } = range;
  let tag: string | undefined;
  let vain = 0;
  for (;;) {
    const output = await get(bucket, key, { ...range, start }, tag);
    if (output === undefined) return;
    tag = output.ETag;
    try {
      for await (const chunk of output.Body as AsyncIterable<Buffer>) {
        start += chunk.length;
        vain = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      vain += 1;
      if (!isNotReached(error) || vain >= bucket.options.attempts) throw error;
    }
  }
}

/** `undefined` when the range lies behind the end. */
async function get(
  bucket: Bucket,
  key: string,
  { start, end }: ByteRange,
  tag: string | undefined,
): Promise<GetObjectCommandOutput | undefined> {
  try {
    return await bucket.client.send(
      new GetObjectCommand({
        ...placeOf(bucket, key),
        ...keyOf(bucket),
        ...(start > 0 || end !== undefined ? { Range: `bytes=${start}-${end ?? ''}` } : {}),
        // It must not be another object by now.
        ...(tag && { IfMatch: tag }),
      }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidRange') return undefined;
    throw error;
  }
}
