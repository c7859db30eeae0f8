import { S3ServiceException } from '@aws-sdk/client-s3';

/** What the error is known by: the store's code (`AccessDenied`), or the system's (`ECONNREFUSED`). */
export function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}

/** The status of the answer; `undefined` when there was none. */
function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** These credentials may not do that. A wrong key or secret is another matter, though its status is 403, too. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && forbidden.has(error.name);
}

const forbidden: ReadonlySet<string> = new Set(['AccessDenied', 'AllAccessDisabled', 'Forbidden', '403']);

/** These credentials may not look. A cap on downloads or a key of another service that they may not use is not that. */
export function isWriteOnly(error: unknown): boolean {
  return isForbidden(error) && error instanceof Error && !otherReasons.test(error.message);
}

/** What stores say when the right to the bucket is not what is missing: the right to another service's key, a cap, an account. */
const otherReasons =
  /\bkms:|\b(cap|quota|limit|billing|payment|suspended|disabled|exceeded|legal hold|retention|object lock)\b/i;

/** What `work` gives, or `undefined` when these credentials may not do it. */
export async function unlessForbidden<Answer>(work: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

/** It is not there, while its bucket is. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(error.name);
}

/** It was stored with another key than this request brought, or with one while this brought none. */
export function isOtherKey(error: unknown): boolean {
  const isAboutInput = error instanceof Error && ['InvalidArgument', 'InvalidRequest'].includes(error.name);
  return isAboutInput && /server side encryption|hash of the key/i.test(error.message);
}

/** Not every store knows all that Amazon's does. */
export function isUnknownToStore(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotImplemented' || statusOf(error) === 501);
}

/**
 * The answer of a store to a question that it does not know: 501, 405, 404, or a complaint about the request. That says nothing of
 * the bucket, nor of the credentials.
 */
export function doesNotKnow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isUnknownToStore(error) || unknownQuestion.has(error.name)) return true;
  return [404, 405].includes(statusOf(error) ?? 0) && error.name !== 'NoSuchBucket';
}

const unknownQuestion: ReadonlySet<string> = new Set([
  'MethodNotAllowed',
  'InvalidArgument',
  'InvalidRequest',
  'MalformedXML',
  'UnsupportedOperation',
  'BrokenListing',
]);

/** What the SDK has tried again, in vain: no connection, no answer in time, too busy, broken. */
export function isNotReached(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = statusOf(error) ?? 0;
  if (isUnknownToStore(error)) return false;
  return status === 429 || status >= 500 || silent.has(codeOf(error)) || throttled.has(error.name);
}

const throttled: ReadonlySet<string> = new Set(['SlowDown', 'RequestTimeout', 'TooManyRequestsException']);

const silent: ReadonlySet<string> = new Set([
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Where the bucket is, when the store said so. */
export function regionOf(error: Error): string | undefined {
  if ('Region' in error && typeof error.Region === 'string') return error.Region;
  return /expecting '([^']+)'/.exec(error.message)?.[1];
}
