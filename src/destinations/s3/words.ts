import { DestinationError } from '../destination.ts';
import type { Bucket } from './bucket.ts';
import {
  codeOf,
  isForbidden,
  isMissing,
  isNotReached,
  isOtherKey,
  isSilent,
  isWriteOnly,
  regionOf,
  saidBy,
} from './errors.ts';

/**
 * What the store said, or that it said nothing, as a sentence for the channel: `Could not list the backups of shop in offsite: …`.
 * `right` is the one of the bucket's rights that it takes. An error that is neither is handed back as it is.
 */
export function inWords(bucket: Bucket, whatFailed: string, right: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DestinationError) return error;
  const start = `Could not ${whatFailed}`;
  if (isNotReached(error))
    return new DestinationError(`${start}: ${notReached(bucket, error)}`, {
      kind: 'not-reached',
      cause: error,
    });
  if (isWriteOnly(error) && toLook.has(right))
    return new DestinationError(`${start}: ${writeOnly(bucket, right)}`, {
      kind: 'write-only',
      cause: error,
    });
  return new DestinationError(`${start}: ${refused(bucket, right, error)}`, {
    kind: isMissing(error) ? 'missing' : 'refused',
    cause: error,
  });
}

/** Who may do none of these is a good keeper of backups. */
const toLook: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:GetObject']);

function writeOnly({ options }: Bucket, right: string): string {
  return `it is write-only for these credentials. Ask from where others are used, or give them the right ${right} on the bucket ${options.bucket}.`;
}

function notReached({ options }: Bucket, error: Error): string {
  const store = options.endpoint ?? 'the store';
  const code = codeOf(error);
  const why = ownIn(silences, code);
  if (why !== undefined) return `${store} was not reached, ${why}.`;
  return `${store} is there, but too busy or broken (${code}), and stayed so. Try again later.`;
}

const silences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'as nothing listens at its address. See whether it runs, and whether endpoint is right',
  ENOTFOUND: 'as its name is not known. See whether endpoint and region are right',
  EAI_AGAIN: 'as names cannot be looked up right now. See whether the network is in order',
  ECONNRESET: 'as the connection was cut again and again. See whether the network is in order',
  EPIPE: 'as the connection was cut again and again. See whether the network is in order',
  ETIMEDOUT: 'as it did not answer in time. See whether the network is in order',
  TimeoutError: 'as it did not answer in time. See whether the network is in order',
  EHOSTUNREACH: 'as there is no way to its address. See whether the network is in order',
  ENETUNREACH: 'as there is no way to its address. See whether the network is in order',
};

function refused(bucket: Bucket, right: string, error: Error): string {
  const code = codeOf(error);
  if (isForbidden(error) && isWriteOnly(error)) return mayNot(bucket, right, error);
  if (isOtherKey(error)) return otherKey;
  return ownIn(reasons, code)?.(bucket, error) ?? `the store said ${saidBy(error)}.`;
}

function mayNot({ options }: Bucket, right: string, error: Error): string {
  if (isSilent(error))
    return `the credentials may not do that. Give them the right ${right} on the bucket ${options.bucket}.`;
  return `the store said ${saidBy(error)}. It takes the right ${right} on the bucket ${options.bucket}.`;
}

const otherKey =
  'it was stored with a secret key of its own, and not with the one of "serverSideEncryption" here. Set that to the key it was stored with; without it nobody can read it.';
const expired = () =>
  'the credentials have expired. Renew them, or leave "credentials" out and let the machine’s role supply them.';
const otherRegion = ({ options }: Bucket, error: Error) =>
  `the bucket ${options.bucket} is in ${regionOf(error) ?? 'another region'}. Set "region" to it.`;
const exists = () => 'there is one of that name already, and a backup is never overwritten.';
const changed = () =>
  'again and again what arrived was not what was sent. See whether the memory of this machine and the network are in order.';
const noCredentials = () =>
  'there are no credentials. Set "credentials", or give them to the worker by its environment, profile or role.';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const reasons: Readonly<Record<string, (bucket: Bucket, error: Error) => string>> = {
  NoSuchBucket: ({ options }) =>
    `there is no bucket ${options.bucket}. Make it, or set "bucket" (and "region", "endpoint") right.`,
  NoSuchKey: () => 'it is not there.',
  InvalidAccessKeyId: () => 'the store does not know this access key. Set "credentials.accessKeyId" right.',
  SignatureDoesNotMatch: () =>
    'the secret is not the one of this access key. Set "credentials.secretAccessKey" right.',
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  TokenRefreshRequired: expired,
  InvalidToken: expired,
  RequestTimeTooSkewed: () =>
    'the clock of this machine and that of the store are more than 15 minutes apart. Set this one: `timedatectl set-ntp true`.',
  PermanentRedirect: otherRegion,
  TemporaryRedirect: otherRegion,
  AuthorizationHeaderMalformed: otherRegion,
  IllegalLocationConstraintException: otherRegion,
  PreconditionFailed: exists,
  ConditionalRequestConflict: exists,
  CredentialsProviderError: noCredentials,
  AccountProblem: () => 'the account has a problem with its provider. Look there.',
  QuotaExceeded: () => 'the quota of the bucket or the user is used up. Raise it, or remove old backups.',
  BrokenListing: () =>
    'its list goes on, and it does not say how, or says the same again; so nobody knows what is there. See whether the store and what is in front of it are in order.',
  EndlessAnswer: () =>
    'its answer is longer than 32 MiB, which no answer of a store is. See whether "endpoint" is right, and the store in order.',
  NotAStore: ({ options }, { message }) =>
    `${options.endpoint ?? 'what answers'} is no S3 store: its answer is ${message}. Set "endpoint" to the address of the store’s API, which is not that of its console, and see what is in front of it.`,
  TooManyParts: ({ options }, { message }) =>
    `${message} The next backup is sent in larger ones while this worker runs; set "partSizeInMiB" higher than ${options.partSizeInMiB} for good.`,
  BadDigest: changed,
  XAmzContentSHA256Mismatch: changed,
  XAmzContentChecksumMismatch: changed,
  EntityTooLarge: () => 'it is larger than the store takes. Set "partSizeInMiB" higher.',
  InvalidObjectState: () => 'it is in a storage class it has to be brought back from first.',
  DEPTH_ZERO_SELF_SIGNED_CERT: () => untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: () => untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: () => 'its certificate is for another name. Set "endpoint" right.',
  CERT_HAS_EXPIRED: () => 'its certificate has expired. Renew it there.',
};

const untrusted =
  'the machine does not trust its certificate. Give the worker its authority by NODE_EXTRA_CA_CERTS.';

/** A code comes from outside, and `constructor` is in every object. */
function ownIn<Value>(table: Readonly<Record<string, Value>>, code: string): Value | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
