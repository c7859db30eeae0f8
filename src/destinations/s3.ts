import { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import type { ByteRange, Destination } from './destination.ts';
import { appFolder, splitKey } from './key.ts';
import { openBucket } from './s3/bucket.ts';
import { checkBucket } from './s3/check.ts';
import { linkTo } from './s3/link.ts';
import { foldersIn, listObjects, manifestsIn } from './s3/list.ts';
import { makeSureOfLock } from './s3/lock.ts';
import { lookAt } from './s3/look.ts';
import type { S3Options } from './s3/options.ts';
import { bytesOf } from './s3/read.ts';
import { removeObject } from './s3/remove.ts';
import type { Sums } from './s3/sums.ts';
import { abortAbandoned, abortAll } from './s3/unfinished.ts';
import { upload } from './s3/upload.ts';
import { verifyObject } from './s3/verify.ts';
import { inWords } from './s3/words.ts';

/*
 * A bucket of Amazon S3, or of a store that speaks its language. The bucket has to be there.
 *
 * The credentials need s3:PutObject on <bucket>/<prefix>*. That alone is a good way to run: whoever takes over the machine can
 * neither read nor remove its backups. To list, look, verify what the store's answer leaves open, and clean, they also need
 * s3:ListBucket, s3:ListBucketMultipartUploads, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload.
 */

/** A destination that is a bucket: `shop/2026-11-22-03-15-00.zip` is an object of that name below the prefix. */
export function s3Destination(
  name: string,
  options: S3Options,
  clock: () => DateTime = () => DateTime.utc(),
): Destination {
  const bucket = openBucket(name, options, clock);
  /** What this process has sent and not yet compared, and why it may not be locked as it should be. */
  const sent = new Map<string, { readonly sums: Sums; readonly unlocked: unknown }>();

  async function attempt<Result>(doing: string, right: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw inWords(bucket, `${doing} ${name}`, right, error);
    }
  }

  async function* read(key: string, range?: ByteRange): AsyncGenerator<Buffer> {
    try {
      splitKey(key);
      yield* bytesOf(bucket, key, range);
    } catch (error) {
      throw inWords(bucket, `read ${key} from ${name}`, 's3:GetObject', error);
    }
  }

  return {
    name,
    async store(key, content, signal, storeOptions) {
      // A stream may fail before its first byte is asked for; with nobody listening that would end the process.
      content.on('error', ignoreUntilRead);
      try {
        const { app } = splitKey(key);
        await abortAbandoned(bucket, app, signal);
        const sums = await upload(bucket, key, content, signal, storeOptions);
        // It has arrived, whatever comes of its lock.
        const unlocked = await makeSureOfLock(bucket, key).catch((error: unknown) => error);
        sent.set(key, { sums, unlocked });
      } catch (error) {
        content.destroy();
        // Why the stream failed is for its maker to say.
        throw content.errored ?? inWords(bucket, `store ${key} in ${name}`, 's3:PutObject', error);
      }
    },
    async verify(key, expected, signal, options) {
      const { sums, unlocked } = sent.get(key) ?? {};
      sent.delete(key);
      const found = await attempt(`compare ${key} with what is in`, 's3:GetObject', () =>
        verifyObject(bucket, key, sums, expected, signal, options),
      );
      if (unlocked === undefined) return found;
      throw inWords(bucket, `lock ${key} in ${name}`, 's3:PutObjectRetention', unlocked);
    },
    list: (app) =>
      attempt(`list the backups of ${app} in`, 's3:ListBucket', () => listObjects(bucket, appFolder(app))),
    listManifests: (app) =>
      attempt(`list the backups of ${app} in`, 's3:ListBucket', () => manifestsIn(bucket, appFolder(app))),
    listApps: () => attempt('list the apps in', 's3:ListBucket', () => foldersIn(bucket)),
    head: (key) =>
      attempt(`look at ${key} in`, 's3:GetObject', async () => {
        splitKey(key);
        return lookAt(bucket, key);
      }),
    read: (key, range) => Readable.from(read(key, range), { objectMode: false }),
    tidy: (key, signal) =>
      attempt('clear up in', 's3:AbortMultipartUpload', async () => {
        splitKey(key);
        await abortAll(bucket, key, signal);
      }),
    remove: (key) =>
      attempt(`remove ${key} from`, 's3:DeleteObject', async () => {
        splitKey(key);
        await removeObject(bucket, key);
      }),
    link: (key, seconds) =>
      attempt(`make a link to ${key} in`, 's3:GetObject', async () => {
        splitKey(key);
        return linkTo(bucket, key, seconds);
      }),
    check: () => attempt('use', 's3:PutObject', () => checkBucket(bucket)),
    locate: (key) => `s3://${options.bucket}/${options.prefix}${key}`,
  };
}

function ignoreUntilRead(): void {
  // Whoever reads the stream is thrown its error.
}
