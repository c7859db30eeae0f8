import { S3Client } from '@aws-sdk/client-s3';
import type { DateTime } from 'luxon';
import { type Limit, limitOf } from './bandwidth.ts';
import { collect } from './collect.ts';
import { refusePages } from './not-a-store.ts';
import type { S3Options } from './options.ts';
import { mostParts } from './part-size.ts';
import { sendChangedAgain } from './send-changed-again.ts';

/** One bucket, and how to talk to it: what every part of the driver works with. */
export interface Bucket {
  /** What the configuration calls the destination. */
  readonly name: string;
  readonly options: S3Options;
  readonly client: S3Client;
  /** How fast anything may be sent there. */
  readonly limit: Limit;
  readonly clock: () => DateTime;
  /** How many parts of an object the store takes; fewer than S3's, once it has said so. */
  readonly parts: { most: number };
}

// What runs on Node 20 now goes on running; that later versions of the SDK will not is nothing an operator can act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Connects to nothing yet. */
export function openBucket(name: string, options: S3Options, clock: () => DateTime): Bucket {
  const { credentials, endpoint, region = endpoint && 'us-east-1', pathStyle, attempts } = options;
  const timeoutInMs = options.timeoutInSeconds * 1000;
  const client = new S3Client({
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials: present(credentials) }),
    forcePathStyle: pathStyle ?? endpoint !== undefined,
    requestChecksumCalculation: checksumsOf(options),
    responseChecksumValidation: checksumsOf(options),
    maxAttempts: attempts,
    retryMode: 'standard',
    streamCollector: collect,
    requestHandler: { connectionTimeout: timeoutInMs, socketTimeout: timeoutInMs },
    // It costs a new connection a part, as the SDK does not keep those that waited for "100 Continue".
    expectContinueHeader: false,
    // A clock that is off would give backups wrong names, so it is told and not put right in silence.
    disableClockSkewCorrection: true,
  });
  sendChangedAgain(client);
  refusePages(client);
  return {
    name,
    options,
    client,
    clock,
    limit: limitOf(options.maximumMiBPerSecond),
    parts: { most: mostParts },
  };
}

/** The key of the configuration's credentials that are not there are left out, as the SDK wants it. */
function present({ accessKeyId, secretAccessKey, sessionToken }: NonNullable<S3Options['credentials']>) {
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** Several stores refuse the checksums the SDK sends by default. https://github.com/aws/aws-sdk-js-v3/issues/6810 */
function checksumsOf({ requestChecksumCalculation, endpoint }: S3Options) {
  if (requestChecksumCalculation) return requestChecksumCalculation;
  const isAws = endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
  return isAws ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
}

/** `shop/2026-11-22-03-15-00.zip` → how the bucket is to be asked for it. */
export function placeOf({ options }: Bucket, key: string) {
  return { Bucket: options.bucket, Key: `${options.prefix}${key}` };
}

/** With SSE-C every question about an object has to bring the key. */
export function keyOf({ options: { serverSideEncryption } }: Bucket) {
  if (serverSideEncryption?.method !== 'SSE-C') return {};
  return {
    SSECustomerAlgorithm: 'AES256',
    SSECustomerKey: serverSideEncryption.secretKey,
  };
}
