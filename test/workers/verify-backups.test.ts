import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { cancelKey } from '../../src/domain/run-memory.ts';
import type { VerifyCommand } from '../../src/domain/verify-command.ts';
import type { VerifiedPlace } from '../../src/domain/verify-report.ts';
import { HandedBack } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import { unlessBeingRead } from '../../workers/reading.ts';
import { recallVerified } from '../../workers/verify/memory.ts';
import { verifyBackups } from '../../workers/verify-backups.ts';
import { gate } from '../support/gate.ts';
import { inHand } from '../support/job-in-hand.ts';
import { manifestFor } from '../support/manifest-for.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const me = { id: 'console:me', groups: [] };

function tools(stopping = new AbortController().signal) {
  const state = openState({ ...store(), prefix: `verify-${randomUUID()}` });
  return { state, clock: () => DateTime.utc(), log, stopping };
}

function job(command: Partial<VerifyCommand> = {}) {
  const asked = { askedBy: me, askedAt: '2026-11-22T12:00:00.000Z' };
  return inHand('v_4k2m9xw7', {
    ...asked,
    command: { verb: 'verify' as const, app: 'shop', at: [], ...command },
  });
}

/** A backup of 1000 bytes with a manifest that fits it. */
function plantWhole(folder: string, takenAt: string): string {
  const key = plant(folder, { takenAt });
  const manifest = manifestFor(key, readFileSync(join(folder, key)));
  writeFileSync(join(folder, manifest.key), manifest.text);
  return key;
}

function diskWith(name: string, ...takenAt: readonly string[]) {
  const target = disk(name);
  for (const each of takenAt) plantWhole(target.folder, each);
  return target;
}

/** A destination whose archives are never given, and what hears that somebody wants one. */
function silent(target: Destination) {
  const asked = gate();
  const read: Destination['read'] = (key, range) => {
    if (key.endsWith('.json')) return target.read(key, range);
    asked.open();
    return new Readable({ read: () => {} });
  };
  return { ...target, read, asked: asked.opened };
}

/** Archives come as these make of them, one after another; then as they are. */
function readAs<Target extends Destination>(
  target: Target,
  readings: readonly ((bytes: Buffer) => Buffer)[],
) {
  const left = [...readings];
  const read: Destination['read'] = (key, range) => {
    const change = key.endsWith('.json') ? undefined : left.shift();
    if (change === undefined) return target.read(key, range);
    return Readable.from(changed(target.read(key, range), change));
  };
  return { ...target, read };
}

async function* changed(content: Readable, change: (bytes: Buffer) => Buffer) {
  yield change(await buffer(content));
}

function keysIn(place: VerifiedPlace): string[] {
  return place.reachable ? place.backups.map(({ key }) => key) : [];
}

const noon = '2026-11-22T12:00:00Z';

describe('a manifest that rots', () => {
  it.each([
    ['is no JSON', () => 'not {'],
    ['lacks what it should say', () => '{}'],
    ['is larger than any manifest', (text: string) => text.padEnd(33 * 1024 * 1024)],
    ['is that of another backup', (text: string) => text.replaceAll('2026', '2025')],
  ])('is named when it %s, and its backup not called whole', async (_, damaged) => {
    const target = diskWith('disk', noon);
    const path = join(target.folder, 'shop/2026-11-22-12-00-00.manifest.json');
    writeFileSync(path, damaged(readFileSync(path, 'utf8')));

    const report = await verifyBackups(shop([target]), job(), tools());

    const problem = expect.stringContaining('shop/2026-11-22-12-00-00.manifest.json');
    expect(report).toMatchObject({
      outcome: 'differs',
      places: [{ backups: [{ found: 'differs', problem }] }],
    });
  });
});

describe('a destination that cannot be read', () => {
  const failing = (kind: DestinationError['kind']): Destination => ({
    ...disk('vault'),
    list: () => Promise.reject(new DestinationError('vault does not let anybody look.', { kind })),
  });

  it('is as it should be when its credentials may only write, and all is whole elsewhere', async () => {
    const app = shop([diskWith('disk', noon), failing('write-only')]);

    const report = await verifyBackups(app, job(), tools());

    expect(report).toMatchObject({
      outcome: 'whole',
      places: [{ destination: 'disk' }, { destination: 'vault', reachable: false, writeOnly: true }],
    });
  });

  it('leaves open what it holds when nothing else could be read', async () => {
    const report = await verifyBackups(shop([failing('write-only')]), job(), tools());

    expect(report.outcome).toBe('unknown');
  });

  it('hides nothing of the others when it is not reached', async () => {
    const app = shop([failing('not-reached'), diskWith('disk', noon)]);

    const report = await verifyBackups(app, job(), tools());

    expect(report).toMatchObject({
      outcome: 'unknown',
      places: [
        {
          destination: 'vault',
          reachable: false,
          writeOnly: false,
          problem: 'vault does not let anybody look.',
        },
        { destination: 'disk', backups: [{ found: 'whole' }] },
      ],
    });
  });

  it('is given up when it gives no byte', async () => {
    const app = { ...shop([silent(diskWith('disk', noon))]), stallTimeoutInMs: 20 };

    const report = await verifyBackups(app, job(), tools());

    const problem = expect.stringMatching(/^disk gave no byte of shop\/2026-11-22-12-00-00\.zip/);
    expect(report).toMatchObject({
      outcome: 'unknown',
      places: [{ backups: [{ found: 'not-read', problem }] }],
    });
  });

  it('is left alone after three failures in a row', async () => {
    const days = ['01', '02', '03', '04', '05'].map((day) => `2026-11-${day}T00:00:00Z`);
    const app = { ...shop([silent(diskWith('disk', ...days))]), stallTimeoutInMs: 20 };

    const report = await verifyBackups(app, job({ which: 'all' }), tools());

    expect(report).toMatchObject({ outcome: 'unknown', places: [{ notTried: 2 }] });
  });
});

it('no backup at all is not called whole', async () => {
  const report = await verifyBackups(shop(), job(), tools());

  expect(report).toMatchObject({ outcome: 'unknown', places: [{ reachable: true, backups: [] }] });
});

describe('what is wrong once', () => {
  const key = 'shop/2026-11-22-12-00-00.zip';
  const other = (bytes: Buffer) => Buffer.concat([Buffer.of((bytes[0] ?? 0) ^ 1), bytes.subarray(1)]);
  const lost = () => {
    throw new DestinationError('disk was not reached.', { kind: 'not-reached' });
  };

  it.each([
    ['is not called damage when the second reading is right', [other], 'unsteady', 'unknown'],
    ['is no matter when it was only not reached', [lost], 'whole', 'whole'],
    ['is damage when it is there a second time', [other, other], 'differs', 'differs'],
    ['is damage when nobody can look a second time', [other, lost], 'differs', 'differs'],
    ['is damage when that shows only the second time', [lost, other], 'differs', 'differs'],
    ['is not known when it was not reached twice', [lost, lost], 'not-read', 'unknown'],
  ] as const)('%s', async (_, readings, found, outcome) => {
    const target = readAs(diskWith('disk', noon), readings);

    const report = await verifyBackups(shop([target]), job(), tools());

    expect(report).toMatchObject({ outcome, places: [{ backups: [{ key, found }] }] });
    const [place] = report.places;
    const problem = place?.reachable ? place.backups[0]?.problem : undefined;
    if (found === 'unsteady')
      expect(problem).toMatch(/came back as something else the first time, and as it was/);
  });

  it('is asked for once where it was refused', async () => {
    let asked = 0;
    const refuse = () => {
      asked += 1;
      throw new DestinationError('disk says no.');
    };
    const target = readAs(diskWith('disk', noon), [refuse, refuse]);

    const report = await verifyBackups(shop([target]), job(), tools());

    expect(report).toMatchObject({
      places: [{ backups: [{ found: 'not-read', problem: 'disk says no.' }] }],
    });
    expect(asked).toBe(1);
  });
});

describe('what is due', () => {
  it('comes to every backup within the days, a share each time, at each destination by itself', async () => {
    const days = [22, 21, 20, 19, 18, 17, 16];
    const near = diskWith('near', ...days.map((day) => `2026-11-${day}T12:00:00Z`));
    const app = { ...shop([near, diskWith('far', noon)]), verifyAllWithinDays: 3 };
    const shared = tools();
    const read: string[][] = [];

    for (let day = 0; day < 3; day++) {
      const { places } = await verifyBackups(app, job({ which: 'due' }), shared);
      read.push(
        places.map((place) =>
          keysIn(place)
            .map((key) => key.slice(13, 15))
            .join(' '),
        ),
      );
    }

    expect(read).toEqual([
      ['22 16 17', '22'],
      ['22 18 19', '22'],
      ['22 20 21', '22'],
    ]);
  });

  it('is a larger share where the schedule comes less often', async () => {
    const days = [22, 21, 20, 19, 18];
    const near = diskWith('near', ...days.map((day) => `2026-11-${day}T12:00:00Z`));
    const chores = { verify: { cron: '0 5 * * 0', zone: 'UTC' } };
    const app = { ...shop([near]), chores, verifyAllWithinDays: 14 };

    const { places } = await verifyBackups(app, job({ which: 'due' }), tools());

    expect(places.map((place) => keysIn(place).length)).toEqual([3]);
  });
});

it('what was read is kept though the worker stops in the middle', async () => {
  const stopping = new AbortController();
  const { state, ...rest } = tools(stopping.signal);
  const target = diskWith('disk', noon, '2026-11-21T12:00:00Z');
  const second = 'shop/2026-11-21-12-00-00.zip';
  const read: Destination['read'] = (key, range) => {
    if (key === second) stopping.abort(new HandedBack('The worker stops.'));
    return target.read(key, range);
  };

  const verifying = verifyBackups(shop([{ ...target, read }]), job({ which: 'all' }), { state, ...rest });

  await expect(verifying).rejects.toThrow(HandedBack);
  const memory = await recallVerified('shop', 'disk', { state });
  expect(Object.keys(memory)).toEqual(['shop/2026-11-22-12-00-00.zip']);
});

describe('while a backup is read', () => {
  it('nobody can clean it away', async () => {
    const target = silent(diskWith('disk', noon));
    const stopping = new AbortController();
    const { state, ...rest } = tools(stopping.signal);
    const verifying = verifyBackups(shop([target]), job(), { state, ...rest });
    await target.asked;

    const removed = await unlessBeingRead('shop/2026-11-22-12-00-00.zip', target, state, async () => {});
    stopping.abort(new HandedBack('The worker stops.'));

    expect(removed).toBe(false);
    await expect(verifying).rejects.toThrow(HandedBack);
  });

  it('somebody can cancel, and hears how much was not read', async () => {
    const { folder, ...whole } = diskWith('disk', noon, '2026-11-21T12:00:00Z');
    const target = silent(whole);
    const { state, ...rest } = tools();
    const verifying = verifyBackups(shop([target]), job({ which: 'all' }), { state, ...rest });
    await target.asked;

    const replyTo = { platform: 'console', place: 'here' };
    await state.remember(cancelKey('v_4k2m9xw7'), { by: me, jobId: 'q_1', replyTo, seenOnCard: false }, 60);
    const report = await verifying;

    expect(report).toMatchObject({
      outcome: 'cancelled',
      cancelledBy: me,
      places: [{ backups: [], notTried: 2 }],
    });
    expect(namesIn(folder)).toHaveLength(4);
  });
});
