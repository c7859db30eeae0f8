import { createHash, randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyArchive } from '../../src/destinations/copy.ts';
import { fanOut } from '../../src/destinations/fan-out.ts';
import { openDestination } from '../../src/destinations/registry.ts';
import { type Fault, type FaultProxy, type Operation, startFaultProxy } from '../support/fault-proxy.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { everythingIn, openS3 } from './s3-place.ts';

let ceph: Ceph;
const proxies: FaultProxy[] = [];

beforeAll(async () => {
  ceph = await startCeph();
});

afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await ceph?.stop();
});

const key = 'shop/2026-11-22-03-15-00.zip';
const never = new AbortController().signal;
setMaxListeners(0, never);
const small = randomBytes(100_000);
const twoParts = randomBytes(5_300_000);
const threeParts = randomBytes(11_000_000);

/** A bucket with nothing in it, and two ways to it: one that can be broken, one that cannot. */
async function open(changed: Parameters<typeof openS3>[2] = {}) {
  const proxy = await startFaultProxy(ceph.endpoint);
  proxies.push(proxy);
  const bucket = await ceph.bucket();
  const options = { attempts: 2, ...changed };
  const destination = openS3({ ...ceph, endpoint: proxy.url }, bucket, options);
  return {
    proxy,
    bucket,
    destination,
    store: (content: Buffer) => destination.store(key, Readable.from([content]), never),
    stored: () => buffer(openS3(ceph, bucket).read(key)),
    everything: () => everythingIn(ceph.client, bucket),
    times: (operation: Operation) => proxy.asked.filter((asked) => asked === operation).length,
  };
}

/** Whoever waits for an answer that never comes shall not wait long; all others may, on a machine that is busy. */
const patienceFor = (fault: Fault) => (fault.kind === 'hang' ? { timeoutInSeconds: 2 } : {});

type World = Awaited<ReturnType<typeof open>>;

function sumOf(content: Buffer) {
  return { sha256: createHash('sha256').update(content).digest('hex'), sizeInBytes: content.length };
}

/** Every way in which a store may not be reached. */
const faults: Readonly<Record<string, Fault>> = {
  'a broken store (500)': { kind: 'answer', status: 500, code: 'InternalError' },
  'a busy store (503 SlowDown)': { kind: 'answer', status: 503, code: 'SlowDown' },
  'a busy store (429)': { kind: 'answer', status: 429, code: 'TooManyRequests' },
  'a lost answer': { kind: 'lose answer' },
  'no answer': { kind: 'hang' },
  'a connection that is cut': { kind: 'cut', afterBytes: 0 },
  'an answer that is cut': { kind: 'truncate', afterBytes: 20 },
};

const late: Fault = { kind: 'delay', ms: 300 };

type Verb = readonly [verb: string, operation: Operation, act: (world: World) => Promise<unknown>];

const storing: readonly Verb[] = [
  ['storing a small archive', 'PutObject', ({ store }) => store(small)],
  ['beginning an upload', 'BeginUpload', ({ store }) => store(twoParts)],
  ['sending a part', 'UploadPart', ({ store }) => store(twoParts)],
  ['completing an upload', 'CompleteUpload', ({ store }) => store(twoParts)],
  ['looking whether it is there', 'HeadObject', ({ store }) => store(small)],
];

const asking: readonly Verb[] = [
  ['listing', 'ListObjects', ({ destination }) => destination.list('shop')],
  ['reading', 'GetObject', ({ destination }) => buffer(destination.read(key))],
  ['comparing', 'HeadObject', ({ destination }) => destination.verify(key, sumOf(small), never)],
  ['removing', 'DeleteObject', ({ destination }) => destination.remove(key)],
];

const each = (table: readonly Verb[]) =>
  table.flatMap(([verb, operation, act]) =>
    Object.entries(faults).map(([name, fault]) => [verb, name, operation, fault, act] as const),
  );

describe.concurrent('an s3 store that cannot be reached for a moment', () => {
  it.each(each(storing))('%s outlasts %s', async (_verb, _name, operation, fault, act) => {
    const world = await open(patienceFor(fault));
    world.proxy.break(operation, fault, 1);

    await act(world);

    const stored = await world.stored();
    expect([small, twoParts].some((content) => content.equals(stored))).toBe(true);
    expect(await world.everything()).toEqual([key]);
  });

  it.each(each(asking))('%s outlasts %s', async (_verb, _name, operation, fault, act) => {
    const world = await open(patienceFor(fault));
    await world.store(small);
    world.proxy.heal();
    world.proxy.break(operation, fault, 1);

    await act(world);

    expect(world.times(operation)).toBeGreaterThan(1);
  });

  it.each(Object.entries(faults))('ending an upload outlasts %s', async (_name, fault) => {
    const { proxy, destination, everything } = await open(patienceFor(fault));
    proxy.break('AbortUpload', fault, 1);

    await expect(destination.store(key, breakingAfter(6_000_000), never)).rejects.toThrow('the dump broke');

    expect(await everything()).toEqual([]);
  });

  it('sends a part that failed again, and no other', async () => {
    const { proxy, store, times } = await open();
    proxy.break('UploadPart', { kind: 'cut', afterBytes: 1_000_000 }, 1);

    await store(threeParts);

    expect(times('UploadPart')).toBe(4);
    expect(times('BeginUpload')).toBe(1);
  });

  it('goes on reading where the connection broke', async () => {
    const { proxy, destination, store, times } = await open({ attempts: 3 });
    await store(threeParts);
    proxy.heal();
    proxy.break('GetObject', { kind: 'truncate', afterBytes: 4_000_000 }, 2);

    const read = await buffer(destination.read(key));

    expect(read.equals(threeParts)).toBe(true);
    expect(times('GetObject')).toBe(3);
  });

  it.each(storing)('%s waits for an answer that is late', async (_verb, operation, act) => {
    const [world, prompt] = await Promise.all([open(), open()]);
    world.proxy.break(operation, late, 1);

    await Promise.all([act(world), act(prompt)]);

    expect(world.proxy.asked.toSorted()).toEqual(prompt.proxy.asked.toSorted());
    expect(await world.everything()).toEqual([key]);
  });

  it.each(asking)('%s waits for an answer that is late', async (_verb, operation, act) => {
    const world = await open();
    await world.store(small);
    world.proxy.heal();
    world.proxy.break(operation, late, 1);

    await act(world);

    expect(world.times(operation)).toBe(1);
  });
});

describe.concurrent('an s3 store that cannot tell what is left unfinished', () => {
  const unknown = [
    [
      '405 and a web page',
      { kind: 'body', status: 405, type: 'text/html', text: '<html></html>' } as Fault,
    ] as const,
    ...[
      [501, 'NotImplemented'],
      [405, 'MethodNotAllowed'],
      [404, 'NoSuchKey'],
      [400, 'InvalidArgument'],
      [400, 'MalformedXML'],
    ].map(([status, code]) => [`${status} ${code}`, { kind: 'answer', status, code } as Fault] as const),
  ];

  it.each([...unknown, ...Object.entries(faults)])('takes a backup all the same: %s', async (_, fault) => {
    const { proxy, store, stored } = await open({ ...patienceFor(fault), attempts: 1 });
    proxy.break('ListUploads', fault);

    await store(small);

    expect((await stored()).equals(small)).toBe(true);
  });

  it.each(unknown)(
    'is fit for backups when it does not know the questions of a check: %s',
    async (_, fault) => {
      const { proxy, destination } = await open();
      for (const question of ['ListUploads', 'GetVersioning', 'GetLock'] as const)
        proxy.break(question, fault);

      const findings = await destination.check();

      expect(findings.filter(({ isProblem }) => isProblem)).toEqual([]);
      expect(findings).toMatchObject(
        expect.arrayContaining(
          ['may list unfinished uploads', 'versioned', 'locked'].map((about) =>
            expect.objectContaining({ about, answer: 'unknown' }),
          ),
        ),
      );
    },
  );

  it('is not fit when a lock is wanted that it does not know', async () => {
    const { proxy, destination } = await open({ objectLock: { mode: 'GOVERNANCE', days: 3 } });
    proxy.break('GetLock', { kind: 'answer', status: 501, code: 'NotImplemented' });
    // A bucket without object lock refuses an upload with one, which is what the probe would be.
    proxy.break('BeginUpload', { kind: 'answer', status: 403, code: 'AccessDenied' });

    expect(await destination.check()).toContainEqual(
      expect.objectContaining({ about: 'locked', answer: 'unknown', isProblem: true }),
    );
  });
});

describe.concurrent('a listing that does not end', () => {
  const page = (tail: string): Fault => ({
    kind: 'body',
    type: 'application/xml',
    text: `<ListBucketResult><Contents><Key>${key}</Key><Size>5</Size></Contents>${tail}</ListBucketResult>`,
  });

  it.each([
    ['goes on without saying how', page('<IsTruncated>true</IsTruncated>'), 1],
    [
      'says the same again',
      page('<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>'),
      2,
    ],
  ])('is an error and never "all" when it %s', async (_, fault, asked) => {
    const { proxy, destination, times } = await open();
    proxy.break('ListObjects', fault);

    await expect(destination.list('shop')).rejects.toThrow(
      'Could not list the backups of shop in offsite: its list goes on, and it does not say how',
    );

    expect(times('ListObjects')).toBe(asked);
  });

  it('is given up when an answer is larger than any is', async () => {
    const { proxy, destination } = await open();
    proxy.break('ListObjects', { kind: 'endless' });

    await expect(destination.list('shop')).rejects.toThrow('its answer is longer than 32 MiB');
  });

  it('keeps nobody from storing when it is that of unfinished uploads', async () => {
    const { proxy, store, stored, times } = await open();
    const tail = '<IsTruncated>true</IsTruncated>';
    proxy.break('ListUploads', {
      kind: 'body',
      text: `<ListMultipartUploadsResult>${tail}</ListMultipartUploadsResult>`,
      type: 'application/xml',
    });

    await store(small);

    expect((await stored()).equals(small)).toBe(true);
    expect(times('ListUploads')).toBe(1);
  });
});

describe.concurrent('a bit that changes on its way to an s3 store', () => {
  it.each([
    ['a small archive', 'PutObject', small],
    ['a part', 'UploadPart', threeParts],
  ] as const)('is noticed, and %s sent again', async (_, operation, content) => {
    const { proxy, store, stored, times } = await open();
    const before = content === small ? 1 : 3;
    proxy.break(operation, { kind: 'flip', of: 'request' }, 1);

    await store(content);

    expect((await stored()).equals(content)).toBe(true);
    expect(times(operation)).toBe(before + 1);
  });

  it('leaves nothing when it does so each time, and the sentence says so', async () => {
    const { proxy, store, everything } = await open();
    proxy.break('UploadPart', { kind: 'flip', of: 'request' });

    await expect(store(threeParts)).rejects.toThrow('again and again what arrived was not what was sent');

    expect(await everything()).toEqual([]);
  });
});

describe.concurrent('an s3 store that cannot be reached at all', () => {
  it.each(each(storing))(
    '%s gives up on %s, says so, and leaves nothing',
    async (_verb, _name, operation, fault, act) => {
      const world = await open(patienceFor(fault));
      world.proxy.break(operation, fault);

      const outcome = await act(world).then(
        () => 'stored',
        (error: unknown) => error,
      );

      // What the store did, although every answer got lost, is done, and found to be.
      const wasHeard = fault.kind === 'lose answer' || fault.kind === 'truncate';
      const isDone = wasHeard && ['PutObject', 'CompleteUpload'].includes(operation);
      if (isDone) expect(outcome).toBe('stored');
      else expect(outcome).toMatchObject({ name: 'DestinationError', kind: 'not-reached' });
      expect(await world.everything()).toEqual(isDone ? [key] : []);
    },
  );

  // An archive of which a little more comes each time is got in the end.
  const inVain = each(asking).filter(
    ([, , operation, fault]) => !(operation === 'GetObject' && fault.kind === 'truncate'),
  );

  it.each(inVain)('%s gives up on %s, and says so', async (_verb, _name, operation, fault, act) => {
    const world = await open(patienceFor(fault));
    await world.store(small);
    world.proxy.heal();
    world.proxy.break(operation, fault);

    await expect(act(world)).rejects.toMatchObject({ name: 'DestinationError', kind: 'not-reached' });

    expect(world.times(operation)).toBe(2);
  });

  it.each([1, 65_536, 4_999_999, 5_242_879])(
    'leaves nothing when parts break off after byte %i',
    async (afterBytes) => {
      const { proxy, store, everything } = await open();
      proxy.break('UploadPart', { kind: 'cut', afterBytes });

      await expect(store(threeParts)).rejects.toMatchObject({ kind: 'not-reached' });

      expect(await everything()).toEqual([]);
    },
  );

  it.each([1, 50_000, 99_999])(
    'leaves nothing when a small archive breaks off after byte %i',
    async (afterBytes) => {
      const { proxy, store, everything } = await open();
      proxy.break('PutObject', { kind: 'cut', afterBytes });

      await expect(store(small)).rejects.toMatchObject({ kind: 'not-reached' });

      expect(await everything()).toEqual([]);
    },
  );

  it.each([
    ['PutObject', small],
    ['CompleteUpload', threeParts],
  ] as const)('is stored to all the same when it knows no condition: %s', async (operation, content) => {
    const { proxy, store, stored, everything } = await open();
    proxy.break(operation, { kind: 'answer', status: 501, code: 'NotImplemented' }, 1);

    await store(content);

    expect((await stored()).equals(content)).toBe(true);
    expect(await everything()).toEqual([key]);
  });

  it('is named in the sentence', async () => {
    const { proxy, destination } = await open();
    proxy.break('ListObjects', { kind: 'answer', status: 503, code: 'SlowDown' });

    await expect(destination.list('shop')).rejects.toThrow(
      `Could not list the backups of shop in offsite: ${proxy.url} is there, but too busy or broken (SlowDown), and stayed so. Try again later.`,
    );
  });
});

describe.concurrent('an s3 store that says no', () => {
  it.each([
    [403, 'AccessDenied', undefined, 'it is write-only for these credentials'],
    [404, 'NoSuchBucket', undefined, 'there is no bucket'],
    [301, 'PermanentRedirect', undefined, 'is in another region. Set "region" to it.'],
    [
      400,
      'AuthorizationHeaderMalformed',
      "the region 'us-east-1' is wrong; expecting 'eu-west-1'",
      'is in eu-west-1. Set "region" to it.',
    ],
    [400, 'ExpiredToken', undefined, 'the credentials have expired. Renew them'],
    [403, 'RequestTimeTooSkewed', undefined, 'the clock of this machine and that of the store'],
    [403, 'SignatureDoesNotMatch', undefined, 'the secret is not the one of this access key'],
    [400, 'SomethingElse', 'we do not like it', 'the store said SomethingElse: we do not like it.'],
  ])('is asked once, and what it said is told: %i %s', async (status, code, message, sentence) => {
    const { proxy, destination, times } = await open({ attempts: 5 });
    proxy.break('ListObjects', { kind: 'answer', status, code, ...(message && { message }) });

    await expect(destination.list('shop')).rejects.toMatchObject({
      name: 'DestinationError',
      kind: code === 'AccessDenied' ? 'write-only' : 'refused',
      message: expect.stringContaining(`Could not list the backups of shop in offsite: `),
    });
    await expect(destination.list('shop')).rejects.toThrow(sentence);

    expect(times('ListObjects')).toBe(2);
  });

  it('is quoted, shortened, also by a check: a refusal has many reasons', async () => {
    const { proxy, store, destination } = await open();
    const message = `User is not authorized to perform: kms:GenerateDataKey${' on a key'.repeat(100)}`;
    proxy.break('PutObject', { kind: 'answer', status: 403, code: 'AccessDenied', message });
    proxy.break('BeginUpload', { kind: 'answer', status: 403, code: 'AccessDenied', message });

    const refusal = await store(small).catch((error: Error) => error.message);
    const write = (await destination.check()).find(({ about }) => about === 'may write');

    expect(refusal).toContain(
      'the store said AccessDenied: User is not authorized to perform: kms:GenerateDataKey',
    );
    expect(String(refusal).length).toBeLessThan(600);
    expect(write).toMatchObject({
      answer: 'no',
      isProblem: true,
      note: expect.stringContaining('kms:GenerateDataKey'),
    });
  });

  it('is full, which is not that it is busy', async () => {
    const { proxy, store } = await open();
    const message = 'Storage backend has reached its minimum free drive threshold.';
    proxy.break('PutObject', { kind: 'answer', status: 507, code: 'XMinioStorageFull', message });

    await expect(store(small)).rejects.toThrow(
      /the store said XMinioStorageFull: Storage backend has reached/,
    );
  });

  it('takes fewer parts than S3, and the next backup is sent in larger ones', async () => {
    const { proxy, destination, everything } = await open();
    const message = 'Part number must be an integer between 1 and 2, inclusive';
    const send = () =>
      destination.store(key, Readable.from([threeParts]), never, { estimatedSizeInBytes: threeParts.length });
    // The third part of the first backup; the second is sent in two.
    proxy.refusePartsAfter(2, { kind: 'answer', status: 400, code: 'InvalidArgument', message });

    await expect(send()).rejects.toThrow(
      /The store takes no more than 2 parts\..* set "partSizeInMiB" higher than 5/,
    );
    await send();

    expect(await everything()).toEqual([key]);
  });

  it.each([
    ['a web page', { kind: 'body', type: 'text/html; charset=utf-8', text: '<!doctype html><html></html>' }],
    ['JSON', { kind: 'body', type: 'application/json', text: '{"buckets":[]}' }],
    [
      'nothing that is a listing',
      { kind: 'body', type: 'application/xml', text: '<?xml version="1.0"?><ok/>' },
    ],
  ] as const)('is no store when it answers with %s', async (what, fault) => {
    const { proxy, destination } = await open();
    proxy.break('ListObjects', fault);

    const sentence = `is no S3 store: its answer is ${what}. Set "endpoint" to the address of the store’s API`;
    await expect(destination.list('shop')).rejects.toThrow(sentence);
    await expect(destination.listManifests('shop')).rejects.toThrow(sentence);
    await expect(destination.listApps()).rejects.toThrow(sentence);
    await expect(destination.check()).rejects.toThrow(sentence);
  });

  it('is one though it says of a manifest that it is JSON', async () => {
    const { bucket, destination } = await open();
    const manifest = { Key: `${key}.manifest.json`, ContentType: 'application/json', Body: '{}' };
    await ceph.client.send(new PutObjectCommand({ Bucket: bucket, ...manifest }));

    expect(await destination.head(manifest.Key)).toMatchObject({ sizeInBytes: 2 });
    expect(String(await buffer(destination.read(manifest.Key)))).toBe('{}');
  });

  it('is no store when a web page is all it answers, whatever is asked', async () => {
    const { proxy, store, destination } = await open();
    const page = { kind: 'body', type: 'text/html', text: '<html></html>' } as const;
    for (const operation of ['HeadObject', 'GetObject', 'PutObject', 'DeleteObject'] as const)
      proxy.break(operation, page);

    await expect(store(small)).rejects.toThrow('its answer is a web page');
    await expect(destination.head(key)).rejects.toThrow('its answer is a web page');
    await expect(destination.remove(key)).rejects.toThrow('its answer is a web page');
    await expect(buffer(destination.read(key))).rejects.toThrow('its answer is a web page');
  });

  it('is not asked for the rest of an archive', async () => {
    const { proxy, store, everything, times } = await open({ attempts: 5 });
    proxy.break('UploadPart', { kind: 'answer', status: 403, code: 'QuotaExceeded' });

    await expect(store(threeParts)).rejects.toThrow('the quota of the bucket or the user is used up');

    expect(times('UploadPart')).toBeLessThanOrEqual(3);
    expect(await everything()).toEqual([]);
  });
});

describe.concurrent('an s3 store that knows only the S3 of old', () => {
  const strict = async (changed: Parameters<typeof open>[0] = {}) => {
    const world = await open(changed);
    world.proxy.beStrict();
    return world;
  };

  it.each([
    ['small', small],
    ['in parts', threeParts],
  ])('takes, compares, gives and removes an archive: %s', async (_, content) => {
    const { destination, store, stored, everything } = await strict();

    await store(content);

    expect(await destination.verify(key, sumOf(content), never)).toBe('verified');
    expect((await stored()).equals(content)).toBe(true);
    expect(await destination.list('shop')).toHaveLength(1);
    expect((await destination.check()).some(({ isProblem }) => isProblem)).toBe(false);
    await destination.remove(key);
    expect(await everything()).toEqual([]);
  });

  it('refuses AWS’s newer checksums, which is told', async () => {
    const { store, everything } = await strict({ requestChecksumCalculation: 'WHEN_SUPPORTED' });

    await expect(store(threeParts)).rejects.toThrow(
      /the store said InvalidArgument: x-amz-.*checksum.* is not known\./,
    );

    expect(await everything()).toEqual([]);
  });
});

describe.concurrent('an archive that arrived at an s3 store and cannot be compared', () => {
  const options = { signal: never, clock: () => DateTime.utc(), stallTimeoutInMs: 600_000 };

  /** Stores through a proxy that breaks one kind of request as soon as the archive is on its way. */
  async function storeAndBreak(operation: Operation, fault: Fault) {
    const world = await open({ ...patienceFor(fault), attempts: 1 });
    const [{ stored }] = await Promise.all([
      fanOut(Readable.from([small]), [world.destination], key, options),
      world.proxy.next('PutObject').then(() => world.proxy.break(operation, fault)),
    ]);
    return { ...world, rows: stored };
  }

  const away = Object.entries(faults).filter(([, { kind }]) => kind !== 'truncate');

  it.each(away)('stays, and is reported as not compared: %s', async (_name, fault) => {
    const { rows, everything } = await storeAndBreak('HeadObject', fault);

    expect(rows).toMatchObject([
      { outcome: 'stored', compared: false, note: expect.stringContaining(`Could not compare ${key}`) },
    ]);
    expect(await everything()).toEqual([key]);
  });

  it('is compared all the same when the store does not say how large it is', async () => {
    const { rows, everything } = await storeAndBreak('HeadObject', { kind: 'no length' });

    expect(rows).toMatchObject([{ outcome: 'stored', compared: true }]);
    expect(await everything()).toEqual([key]);
  });

  it.each([
    [403, 'InvalidObjectState', 'The operation is not valid for the object’s storage class', 'storage class'],
    [403, 'AccessDenied', 'User is not authorized to perform: kms:Decrypt', 'kms:Decrypt'],
    [403, 'AccessDenied', 'Download cap exceeded.', 'Download cap exceeded'],
  ])('is not called different when it may not be read: %i %s %s', async (status, code, message, words) => {
    const { proxy, destination, store, bucket } = await open();
    await store(small);
    proxy.break('GetObject', { kind: 'answer', status, code, message });
    const ofAnotherProcess = openS3({ ...ceph, endpoint: proxy.url }, bucket, { attempts: 1 });
    proxy.break('HeadObject', { kind: 'no length' });

    // The first answers by what it has sent, the other one has to read.
    expect(await destination.verify(key, sumOf(small), never)).toBe('verified');
    await expect(ofAnotherProcess.verify(key, sumOf(small), never)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(words),
    });
  });

  it('is called missing when it is not there', async () => {
    const { destination } = await open();

    await expect(destination.verify(key, sumOf(small), never)).rejects.toMatchObject({ kind: 'missing' });
  });
});

describe.concurrent('one of three destinations, an s3 store that hangs', () => {
  it('is left behind by the others after a moment, and gets the archive from one of them when it is back', async ({
    onTestFinished,
  }) => {
    const { proxy, destination: hangs, stored, everything } = await open({ timeoutInSeconds: 600 });
    const path = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
    onTestFinished(() => rm(path, { recursive: true }));
    const disk = openDestination('disk', { driver: 'local', path, createFolder: true });
    const others = [openS3(ceph, await ceph.bucket()), disk];
    const pieces = Array.from({ length: 4 }, () => threeParts);
    const options = {
      signal: never,
      clock: () => DateTime.utc(),
      stallTimeoutInMs: 600_000,
      holdUpInMs: 5_000,
    };
    proxy.break('UploadPart', { kind: 'hang' });

    const { stored: rows, archive } = await fanOut(Readable.from(pieces), [hangs, ...others], key, options);

    expect(archive).toEqual(sumOf(Buffer.concat(pieces)));
    expect(rows).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('went on without it'), refused: false },
      { outcome: 'stored', compared: true },
      { outcome: 'stored', compared: true },
    ]);
    expect(await everything()).toEqual([]);
    proxy.heal();
    const copies = await copyArchive(disk, [hangs], key, sumOf(Buffer.concat(pieces)), options);
    expect(copies).toMatchObject([{ outcome: 'stored', compared: true, copiedFrom: 'disk' }]);
    expect((await stored()).equals(Buffer.concat(pieces))).toBe(true);
  });
});

describe.concurrent('a run that ends in the middle', () => {
  it.each([0, 1, 5_242_880, 6_000_000, 10_999_999])(
    'leaves nothing when its stream fails after byte %i',
    async (bytes) => {
      const { destination, everything } = await open();

      await expect(destination.store(key, breakingAfter(bytes), never)).rejects.toThrow('the dump broke');

      expect(await everything()).toEqual([]);
    },
  );

  it('says why it failed though its upload cannot be ended, which can be made up for', async () => {
    const { proxy, destination, everything } = await open();
    proxy.break('AbortUpload', { kind: 'answer', status: 500, code: 'InternalError' });

    await expect(destination.store(key, breakingAfter(6_000_000), never)).rejects.toThrow('the dump broke');

    expect(await everything()).toEqual([`${key} (unfinished)`]);
    proxy.heal();
    await destination.tidy(key, never);
    expect(await everything()).toEqual([]);
  });

  it('lets go of a store that hangs, and ends the upload there', async () => {
    const { proxy, destination, everything } = await open({ timeoutInSeconds: 600 });
    const calledOff = new AbortController();
    proxy.break('UploadPart', { kind: 'hang' });

    const stored = destination.store(key, Readable.from([threeParts]), calledOff.signal);
    await Promise.all([
      proxy.next('UploadPart').then(() => calledOff.abort()),
      expect(stored).rejects.toThrow(),
    ]);

    expect(await everything()).toEqual([]);
  });

  it('removes what appeared while it was called off', async () => {
    const { proxy, destination, everything } = await open();
    const calledOff = new AbortController();
    proxy.break('CompleteUpload', { kind: 'lose answer' });

    const stored = destination.store(key, Readable.from([threeParts]), calledOff.signal);
    // Asked for the second time it has done it the first time.
    const twice = proxy.next('CompleteUpload').then(() => proxy.next('CompleteUpload'));
    await Promise.all([twice.then(() => calledOff.abort()), expect(stored).rejects.toThrow()]);

    expect(await everything()).toEqual([]);
  });
});

function breakingAfter(bytes: number): Readable {
  return Readable.from(
    (async function* () {
      yield threeParts.subarray(0, bytes);
      throw new Error('the dump broke');
    })(),
  );
}
