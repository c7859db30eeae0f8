import { z } from 'zod';
import { strict } from '../../domain/strict.ts';

const S3Credentials = strict({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).optional().describe('Comes with temporary credentials.'),
});

const is32BytesInBase64 = (text: string) => Buffer.from(text, 'base64').length === 32;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html */
const S3Encryption = z.discriminatedUnion('method', [
  strict({ method: z.literal('AES256') }),
  strict({
    method: z.literal('aws:kms'),
    key: z
      .string()
      .min(1)
      .optional()
      .describe('The id or ARN of the key. Left out: the one the account has for S3.'),
  }),
  strict({
    method: z.literal('SSE-C'),
    secretKey: z
      .string()
      .refine(is32BytesInBase64, 'Expected 32 bytes in base64, as `openssl rand -base64 32` prints them.')
      .describe('32 bytes in base64. The store keeps no copy: without this key nobody can read the backups.'),
  }),
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
const S3ObjectLock = strict({
  mode: z
    .enum(['GOVERNANCE', 'COMPLIANCE'])
    .describe('GOVERNANCE: some may still remove a backup. COMPLIANCE: nobody may, not even the owner.'),
  days: z.int().min(1).describe('How many days a backup is locked, from when it is stored.'),
});

export const S3Options = strict({
  driver: z.literal('s3'),
  bucket: z.string().min(1).describe('The bucket. It has to be there.'),
  prefix: z
    .string()
    .regex(/^$|^[^/].*\/$/, 'Expected something that does not begin with "/", and ends with it: "web1/".')
    .default('')
    .describe('What every name begins with, ending in "/": several Holdfasts may share a bucket.'),
  region: z
    .string()
    .min(1)
    .optional()
    .describe('Left out: what the environment says; with an endpoint us-east-1.'),
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^/?#\s]+\/?$/, 'Expected an address such as https://s3.example.com.')
    .optional()
    .describe('The address of a store that is not AWS.'),
  pathStyle: z
    .boolean()
    .optional()
    .describe('Name the bucket in the path, not in the host. Left out: true with an endpoint.'),
  credentials: S3Credentials.optional().describe(
    'Left out: the environment, the profile, or the role of the machine, as the AWS tools look for them.',
  ),
  serverSideEncryption: S3Encryption.optional().describe('Has the store encrypt what it keeps.'),
  storageClass: z.string().min(1).optional().describe('STANDARD_IA, GLACIER_IR … as the store names them.'),
  tags: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('Put on every object. Needs the right s3:PutObjectTagging.'),
  objectLock: S3ObjectLock.optional().describe(
    'Nobody may remove or change a backup for so long. The bucket has to be made with object lock.',
  ),
  partSizeInMiB: z
    .int()
    .min(5)
    .max(5120)
    .default(5)
    .describe(
      'Backups are sent in parts of this size, of larger ones when 10,000 of these might not suffice. Memory: partsInParallel times this, for as long as something is stored.',
    ),
  partsInParallel: z
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe('How many parts are on their way at once, the one that is being read among them.'),
  requestChecksumCalculation: z
    .enum(['WHEN_REQUIRED', 'WHEN_SUPPORTED'])
    .optional()
    .describe(
      'Whether AWS’s newer checksums are sent, too. Left out: to AWS, as several other stores refuse them.',
    ),
  maximumMiBPerSecond: z
    .number()
    .positive()
    .optional()
    .describe('Sends no faster than this. Left out: as it goes.'),
  attempts: z
    .int()
    .min(1)
    .max(30)
    .default(10)
    .describe(
      'How often a request is tried that finds nobody, or a store that is busy. The pauses grow to 20 s.',
    ),
  timeoutInSeconds: z
    .number()
    .positive()
    .default(60)
    .describe('How long nothing may move on a connection before the request counts as lost.'),
});
export type S3Options = z.infer<typeof S3Options>;

export function placeOf({ endpoint = 'AWS', bucket, prefix }: S3Options): string {
  return `${endpoint.replace(/\/$/, '')} ${bucket}/${prefix}`;
}
