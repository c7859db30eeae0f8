import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Bucket, placeOf } from './bucket.ts';

/**
 * An address that gives the object to whoever has it, for so long; signed here, so nothing is asked of the store. `undefined`
 * with SSE-C, whose key would have to come along.
 */
export async function linkTo(bucket: Bucket, key: string, seconds: number): Promise<string | undefined> {
  if (bucket.options.serverSideEncryption?.method === 'SSE-C') return undefined;
  return getSignedUrl(bucket.client, new GetObjectCommand(placeOf(bucket, key)), { expiresIn: seconds });
}
