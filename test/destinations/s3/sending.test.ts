import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openBucket } from '../../../src/destinations/s3/bucket.ts';
import { S3Options } from '../../../src/destinations/s3/options.ts';
import { openSending } from '../../../src/destinations/s3/sending.ts';
import { inWords } from '../../../src/destinations/s3/words.ts';

describe('sending to S3', () => {
  it('ends in words when an archive turns out to have more parts than S3 takes', async () => {
    const nowhere = S3Options.parse({ driver: 's3', bucket: 'backups', endpoint: 'http://127.0.0.1:9' });
    const bucket = openBucket('offsite', nowhere, () => DateTime.utc());
    const signal = new AbortController().signal;
    const plan = { key: 'shop/2026-11-22-03-15-00.zip', mark: 'm', signal, onMoved: () => {} };
    const sending = openSending(bucket, { ...plan, beforeItAppears: async () => {} });

    const tooMany = { number: 10_001, bytes: Buffer.alloc(1), isLast: true, giveBack: () => {} };
    const error = await sending.part(tooMany, signal).catch((thrown: unknown) => thrown);

    expect(inWords(bucket, 'store it in offsite', 's3:PutObject', error)).toMatchObject({
      name: 'DestinationError',
      kind: 'refused',
      message:
        'Could not store it in offsite: it is larger than the store takes. Set "partSizeInMiB" higher.',
    });
  });
});
