import { S3ServiceException } from '@aws-sdk/client-s3';
import { clip } from '../../domain/clip.ts';
import { isRefusingPage } from './not-a-store.ts';

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

/** What `work` gives, or what the store said when these credentials may not do it. */
export async function unlessForbidden<Answer>(
  work: Promise<Answer>,
): Promise<
  { readonly answer: Answer; readonly said?: never } | { readonly said: string; readonly answer?: never }
> {
  try {
    return { answer: await work };
  } catch (error) {
    if (isForbidden(error) && error instanceof Error) return { said: saidBy(error) };
    throw error;
  }
}

const longestSaid = 300;

/** The code and the words of a store, shortened. Some send no message, and the SDK then says `UnknownError`. */
export function saidBy(error: Error): string {
  const code = codeOf(error);
  const words = clip(error.message.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, ''), longestSaid);
  return isSilent(error) ? code : `${code}: ${words}`;
}

/** Whether it says nothing beyond its code. */
export function isSilent(error: Error): boolean {
  const words = error.message.replaceAll(/[^a-z]/gi, '').toLowerCase();
  return ['', 'unknownerror', 'unknown', 'forbidden', codeOf(error).toLowerCase()].includes(words);
}

/** More parts of an object than the store takes. */
export function isAboutPartNumber(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^Invalid(Argument|Request|Part)$/.test(error.name) &&
    /part number/i.test(error.message)
  );
}

/** It has no room, which is not that it is busy. */
function isFull(error: Error): boolean {
  return (
    statusOf(error) === 507 ||
    /^(XMinioStorageFull|InsufficientStorage|InsufficientCapacity)$/.test(error.name)
  );
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
  if (isUnknownToStore(error) || unknownQuestion.has(error.name) || isRefusingPage(error)) return true;
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
  if (isUnknownToStore(error) || isFull(error)) return false;
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
