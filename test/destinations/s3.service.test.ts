import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Destination } from '../../src/destinations/destination.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { freePort } from '../support/services/port.ts';
import { honoursTheDestinationContract } from './destination-contract.ts';
import { everythingIn, openS3, plant, uploadsIn } from './s3-place.ts';

let ceph: Ceph;

beforeAll(async () => {
  ceph = await startCeph();
});

afterAll(() => ceph?.stop());

describe('s3 destination', () => {
  honoursTheDestinationContract(async () => {
    const bucket = await ceph.bucket();
    return {
      destination: openS3(ceph, bucket),
      plant: (name, content) => plant(ceph.client, bucket, name, content),
      everything: () => everythingIn(ceph.client, bucket),
    };
  });
});

const key = 'shop/2026-11-22-03-15-00.zip';
const never = new AbortController().signal;
const twoParts = randomBytes(9_000_000);
const sum = { sha256: createHash('sha256').update(twoParts).digest('hex'), sizeInBytes: twoParts.length };

const manifest = 'shop/2026-11-22-03-15-00.manifest.json';
const sumOfBraces = { sha256: createHash('sha256').update('{}').digest('hex'), sizeInBytes: 2 };

const store = (destination: Destination) => destination.store(key, Readable.from([twoParts]), never);
const findings = async (destination: Destination) =>
  Object.fromEntries((await destination.check()).map(({ about, ...rest }) => [about, rest]));

describe('an archive in parts', () => {
  it('arrives as it was sent, below the prefix, and is known by the store’s own checksum', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3(ceph, bucket, { prefix: 'web1/' });

    await store(destination);

    expect(await destination.verify(key, sum, never)).toBe('verified');
    expect((await buffer(destination.read(key))).equals(twoParts)).toBe(true);
    expect(await everythingIn(ceph.client, bucket)).toEqual([`web1/${key}`]);
    expect(destination.locate(key)).toBe(`s3://${bucket}/web1/${key}`);
  });

  it('is refused when there is one of that name, which stays as it is', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3(ceph, bucket);
    await plant(ceph.client, bucket, key, 'the first');

    await expect(store(destination)).rejects.toThrow(/there is one of that name already/);

    expect((await buffer(destination.read(key))).toString()).toBe('the first');
    expect(await everythingIn(ceph.client, bucket)).toEqual([key]);
  });

  it('tells whoever watches that bytes move', async () => {
    let moved = 0;
    const destination = openS3(ceph, await ceph.bucket());

    await destination.store(key, Readable.from([twoParts]), never, { onMoved: () => (moved += 1) });

    expect(moved).toBeGreaterThan(twoParts.length / 65_536);
  });

  it('is sent no faster than it may be', async () => {
    const destination = openS3(ceph, await ceph.bucket(), { maximumMiBPerSecond: 8 });
    const startedAt = performance.now();

    await store(destination);

    expect(performance.now() - startedAt).toBeGreaterThan(1000);
  });

  it('may have tags and a storage class', async () => {
    const bucket = await ceph.bucket();

    const destination = openS3(ceph, bucket, {
      tags: { 'made by': 'holdfast & co' },
      storageClass: 'STANDARD',
    });

    await destination.store(key, Readable.from(['x']), never);

    const { TagSet } = await ceph.client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
    expect(TagSet).toEqual([{ Key: 'made by', Value: 'holdfast & co' }]);
  });

  it('ends what a run that died has left, a day later, and nothing of others', async () => {
    const bucket = await ceph.bucket();
    for (const name of ['shop/2026-11-20-00-00-00.zip', 'shop/video.mp4', 'blog/2026-11-20-00-00-00.zip']) {
      await ceph.client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: name }));
    }

    await store(openS3(ceph, bucket));
    expect(await uploadsIn(ceph.client, bucket)).toHaveLength(3);
    await openS3(ceph, bucket, {}, tomorrow).store(`${key.replace('22', '23')}`, Readable.from(['x']), never);

    expect(await uploadsIn(ceph.client, bucket)).toEqual([
      'blog/2026-11-20-00-00-00.zip (unfinished)',
      'shop/video.mp4 (unfinished)',
    ]);
  });
});

describe('clearing up', () => {
  it('ends what was begun under one key, however young, and nothing under others', async () => {
    const bucket = await ceph.bucket();
    for (const name of [key, key, `${key}.old`]) {
      await ceph.client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: name }));
    }

    await openS3(ceph, bucket).tidy(key, never);

    expect(await uploadsIn(ceph.client, bucket)).toEqual([`${key}.old (unfinished)`]);
  });
});

const tomorrow = () => DateTime.utc().plus({ hours: 25 });

describe('write-only credentials', () => {
  it('are enough to store, and everything else is said to be write-only', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3({ ...ceph, keys: await ceph.userOf(bucket, 's3:PutObject') }, bucket);

    await store(destination);

    expect(await destination.verify(key, sum, never)).toBe('write-only');
    expect(await destination.head(key)).toBe('write-only');
    await expect(destination.list('shop')).rejects.toThrow(
      'Could not list the backups of shop in offsite: it is write-only for these credentials. Ask from where others are used, or give them the right s3:ListBucket',
    );
    await expect(destination.list('shop')).rejects.toMatchObject({ kind: 'write-only' });
    await expect(buffer(destination.read(key))).rejects.toThrow(/s3:GetObject/);
    await expect(destination.remove(key)).rejects.toThrow(/s3:DeleteObject/);
    await destination.store(manifest, Readable.from(['{}']), never);
    expect(await destination.verify(manifest, sumOfBraces, never)).toBe('verified');
    expect(await everythingIn(ceph.client, bucket)).toEqual([manifest, key].toSorted());
  });

  it('leave nothing when the run fails', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3({ ...ceph, keys: await ceph.userOf(bucket, 's3:PutObject') }, bucket);
    const cut = Readable.from(
      (async function* () {
        yield twoParts;
        throw new Error('the dump broke');
      })(),
    );

    await expect(destination.store(key, cut, never)).rejects.toThrow('the dump broke');

    expect(
      (await everythingIn(ceph.client, bucket)).filter((name) => !name.endsWith('(unfinished)')),
    ).toEqual([]);
  });

  it('are no problem for a check, which says what they are', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3({ ...ceph, keys: await ceph.userOf(bucket, 's3:PutObject') }, bucket);

    expect(await findings(destination)).toMatchObject({
      reachable: { answer: 'yes' },
      'may list': { answer: 'no', note: expect.stringContaining('write-only') },
      'may write': { answer: 'yes' },
      'may delete': { answer: 'no', note: expect.stringContaining('other credentials') },
      versioned: { answer: 'unknown' },
      locked: { answer: 'unknown' },
    });
    expect((await findings(destination))['may list']).not.toHaveProperty('isProblem');
  });

  it('are a problem when they may not even write', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3({ ...ceph, keys: await ceph.userOf(bucket, 's3:ListBucket') }, bucket);

    expect((await findings(destination))['may write']).toMatchObject({ answer: 'no', isProblem: true });
    await expect(store(destination)).rejects.toThrow(/Give them the right s3:PutObject on the bucket/);
  });
});

describe('a bucket with object lock', () => {
  const objectLock = { mode: 'GOVERNANCE', days: 3 } as const;

  it('keeps a backup until its day, and says until when', async () => {
    const bucket = await ceph.bucket({ lockable: true });
    const destination = openS3(ceph, bucket, { objectLock });
    await store(destination);

    await expect(destination.remove(key)).rejects.toThrow(
      /Could not remove shop\/.*zip from offsite: it is locked until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Nobody can remove it before\./,
    );

    expect(await destination.list('shop')).toHaveLength(1);
    const inAWeek = openS3(ceph, bucket, { objectLock }, () => DateTime.utc().plus({ days: 7 }));
    await inAWeek.remove(key);
    expect(await destination.list('shop')).toEqual([]);
  });

  it('is said by a check to be one, which leaves nothing locked in it', async () => {
    const bucket = await ceph.bucket({ lockable: true });

    expect(await findings(openS3(ceph, bucket, { objectLock }))).toMatchObject({
      'may write': { answer: 'yes' },
      versioned: { answer: 'yes', note: expect.stringContaining('old version') },
      locked: { answer: 'yes', note: 'Each backup is locked for 3 days (GOVERNANCE).' },
    });
    const { Versions = [], DeleteMarkers = [] } = await ceph.client.send(
      new ListObjectVersionsCommand({ Bucket: bucket }),
    );
    expect([...Versions, ...DeleteMarkers]).toEqual([]);
  });

  it('is missed by a check where the configuration wants one', async () => {
    const destination = openS3(ceph, await ceph.bucket(), { objectLock });

    expect((await findings(destination)).locked).toMatchObject({ answer: 'no', isProblem: true });
  });
});

describe('encryption with a key that the store does not keep', () => {
  const secretKey = randomBytes(32).toString('base64');
  const serverSideEncryption = { method: 'SSE-C', secretKey } as const;

  it('gives the bytes back with the key, and to nobody without it', async () => {
    const bucket = await ceph.bucket();
    const destination = openS3(ceph, bucket, { serverSideEncryption });

    await store(destination);

    expect(await destination.verify(key, sum, never)).toBe('verified');
    expect((await buffer(destination.read(key))).equals(twoParts)).toBe(true);
    expect(await destination.link(key, 60)).toBeUndefined();
    expect(await everythingIn(ceph.client, bucket)).toEqual([key]);
  });

  it.each([
    ['without a key', {}],
    [
      'with another key',
      { serverSideEncryption: { method: 'SSE-C', secretKey: randomBytes(32).toString('base64') } },
    ],
  ] as const)('lets a backup be seen %s, and says what is missed to read it', async (_, changed) => {
    const bucket = await ceph.bucket();
    await store(openS3(ceph, bucket, { serverSideEncryption }));
    const stranger = openS3(ceph, bucket, changed);
    const secret =
      'it was stored with a secret key of its own, and not with the one of "serverSideEncryption" here. Set that to the key it was stored with; without it nobody can read it.';

    expect(await stranger.list('shop')).toMatchObject([{ key, sizeInBytes: twoParts.length }]);
    await expect(buffer(stranger.read(key))).rejects.toMatchObject({
      kind: 'refused',
      message: `Could not read ${key} from offsite: ${secret}`,
    });
    await expect(stranger.verify(key, sum, never)).rejects.toThrow(secret);
  });

  it('takes a key of 32 bytes', () => {
    expect(() =>
      openS3(ceph, 'any', { serverSideEncryption: { method: 'SSE-C', secretKey: 'short' } }),
    ).toThrow(/32 bytes in base64/);
  });
});

describe('credentials that are not in the configuration', () => {
  const withoutCredentials = (bucket: string) => openS3(ceph, bucket, { credentials: undefined });

  it('are taken from the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', ceph.keys.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', ceph.keys.secretAccessKey);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const destination = withoutCredentials(await ceph.bucket());

    await store(destination);

    expect(await destination.list('shop')).toHaveLength(1);
  });

  it('are missed in words where there are none', async () => {
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    for (const file of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(file, '/dev/null');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });

    await expect(withoutCredentials('any').list('shop')).rejects.toThrow(
      'Could not list the backups of shop in offsite: there are no credentials. Set "credentials", or give them to the worker',
    );
  });
});

describe('a configuration that is wrong', () => {
  const wrong = (changed: Parameters<typeof openS3>[2]) => openS3(ceph, 'no-such-bucket', changed).check();

  it.each([
    ['a bucket that is not there', {}, /Could not use offsite: there is no bucket no-such-bucket\. Make it/],
    [
      'a secret of another key',
      { credentials: { accessKeyId: 'owner', secretAccessKey: 'of another' } },
      /the secret is not the one of this access key\. Set "credentials\.secretAccessKey" right\./,
    ],
    [
      'a key nobody has',
      { credentials: { accessKeyId: 'nobody', secretAccessKey: 'none' } },
      /the store does not know this access key\. Set "credentials\.accessKeyId" right\./,
    ],
  ])('is told in words: %s', async (_, changed, sentence) => {
    const error = await wrong(changed).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      name: 'DestinationError',
      kind: 'refused',
      message: expect.stringMatching(sentence),
    });
    expect(JSON.stringify(error)).not.toContain('of another');
  });

  it('is told in words: a clock that is off by an hour', async () => {
    const bucket = await ceph.bucket();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });

    const error = await store(openS3(ceph, bucket)).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(
        'the clock of this machine and that of the store are more than 15 minutes apart. Set this one: `timedatectl set-ntp true`.',
      ),
    });
  });

  it('is told in words: nobody at the address', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;

    await expect(wrong({ endpoint: nobody, attempts: 2 })).rejects.toMatchObject({
      kind: 'not-reached',
      message: `Could not use offsite: ${nobody} was not reached, as nothing listens at its address. See whether it runs, and whether endpoint is right.`,
    });
  });
});
