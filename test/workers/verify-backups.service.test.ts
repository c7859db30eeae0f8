import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openState } from '../../src/state/registry.ts';
import { recallVerified } from '../../workers/verify/memory.ts';
import { verifyBackups } from '../../workers/verify-backups.ts';
import { openS3 } from '../destinations/s3-place.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { inHand } from '../support/job-in-hand.ts';
import { manifestFor } from '../support/manifest-for.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const me = { id: 'console:me', groups: [] };
const never = new AbortController().signal;

const key = 'shop/2026-11-22-12-00-00.zip';
const archive = randomBytes(1_500_000);
const broken = { kind: 'answer', status: 500, code: 'InternalError' } as const;
const asItIs = { kind: 'delay', ms: 0 } as const;

let ceph: Ceph;

beforeAll(async () => {
  ceph = await startCeph();
});

afterAll(async () => {
  await ceph?.stop();
});

/** A bucket with one backup in it, on a way that can be broken; its owner; and what verifies it. */
async function open() {
  const proxy = await startFaultProxy(ceph.endpoint);
  onTestFinished(() => proxy.stop());
  const Bucket = await ceph.bucket();
  // Each request once: what is asked for again is asked for by whoever verifies.
  const destination = openS3({ ...ceph, endpoint: proxy.url }, Bucket, { attempts: 1 });
  const manifest = manifestFor(key, archive);
  await destination.store(key, Readable.from([archive]), never);
  await destination.store(manifest.key, Readable.from([Buffer.from(manifest.text)]), never);

  const state = openState({ ...store(), prefix: `verify-${randomUUID()}` });
  return {
    proxy,
    destination,
    replace: (Body: Buffer) => ceph.client.send(new PutObjectCommand({ Bucket, Key: key, Body })),
    remove: () => ceph.client.send(new DeleteObjectCommand({ Bucket, Key: key })),
    async verify(at = destination) {
      const command = { verb: 'verify' as const, app: 'shop', at: [] };
      const job = inHand('v_4k2m9xw7', { askedBy: me, askedAt: '2026-11-22T13:00:00.000Z', command });
      const tools = { state, clock: () => DateTime.utc(), log, stopping: never };
      const report = await verifyBackups(shop([at]), job, tools);
      return { report, memory: await recallVerified('shop', 'offsite', { state }) };
    },
  };
}

function found(how: string) {
  return [{ destination: 'offsite', backups: [{ key, found: how }] }];
}

describe('a backup in a bucket', () => {
  it('is whole as long as it is what was stored', async () => {
    const { verify } = await open();

    const { report, memory } = await verify();

    expect(report).toMatchObject({ outcome: 'whole', places: found('whole') });
    expect(memory).toMatchObject({ [key]: { last: { found: 'whole' } } });
  });

  it.each([
    ['one bit in it has changed', () => flipped(archive)],
    ['it is cut', () => archive.subarray(0, -1)],
    ['nothing is left of it', () => Buffer.alloc(0)],
  ])('is not as stored when %s, and that is remembered', async (_, damaged) => {
    const { verify, replace } = await open();
    await replace(damaged());

    const { report, memory } = await verify();

    expect(report).toMatchObject({ outcome: 'differs', places: found('differs') });
    expect(memory).toMatchObject({ [key]: { last: { found: 'differs' } } });
  });

  it.each([
    ['the store is broken once', (proxy: FaultProxy) => proxy.break('GetObject', broken, 1)],
    [
      'an answer is cut once',
      (proxy: FaultProxy) => proxy.break('GetObject', { kind: 'truncate', afterBytes: 20 }, 1),
    ],
  ])('is whole though %s', async (_, spoil) => {
    const { proxy, verify } = await open();
    spoil(proxy);

    const { report } = await verify();

    expect(report).toMatchObject({ outcome: 'whole', places: found('whole') });
  });

  it('is not called damaged when a bit changes on its way once, and that is told', async () => {
    const { proxy, verify } = await open();
    proxy.break('GetObject', asItIs, 1); // Its manifest.
    proxy.break('GetObject', { kind: 'flip', of: 'answer' }, 1);

    const { report } = await verify();

    expect(report).toMatchObject({ outcome: 'unknown', places: found('unsteady') });
  });

  it('is neither whole nor damaged when the store stays broken, and the last that was known stays', async () => {
    const { proxy, verify, replace } = await open();
    await replace(flipped(archive));
    await verify();
    proxy.break('GetObject', broken);

    const { report, memory } = await verify();

    expect(report).toMatchObject({ outcome: 'unknown', places: found('not-read') });
    expect(memory).toMatchObject({ [key]: { last: { found: 'differs' } } });
  });

  it('is not whole when it is removed once it was listed', async () => {
    const { destination, verify, remove } = await open();
    async function list(app: string) {
      const listed = await destination.list(app);
      await remove();
      return listed;
    }

    const { report } = await verify({ ...destination, list });

    expect(report).toMatchObject({ outcome: 'unknown', places: found('not-read') });
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}
