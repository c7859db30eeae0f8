import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import type { CleanCommand } from '../../src/domain/clean-command.ts';
import { cancelKey } from '../../src/domain/run-memory.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import type { CleanJob } from '../../src/queue/contracts.ts';
import { HandedBack, type JobInHand } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import type { State } from '../../src/state/state.ts';
import { cleanBackups, planCleanupOf } from '../../workers/clean-backups.ts';
import { gate } from '../support/gate.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const clock = () => DateTime.fromISO('2026-11-22T12:00:00Z', { zone: 'utc' });
const never = new AbortController().signal;

/** A folder with one backup that stays and some that have to go, the oldest last. */
function diskWithOld(...years: readonly string[]) {
  const target = disk('disk');
  for (const takenAt of ['2026-11-22T02:00:00Z', ...years.map((year) => `${year}-01-01T00:00:00Z`)])
    plant(target.folder, { takenAt });
  return target;
}

function job(command: Partial<CleanCommand>, attempt = 1): JobInHand<CleanJob> {
  const asked = { askedBy: { id: 'console:me', groups: [] }, askedAt: '2026-11-22T12:00:00.000Z' };
  return {
    id: 'c_4k2m9xw7',
    data: { ...asked, command: { verb: 'clean', app: 'shop', at: [], ...command } },
    attempt,
    deaths: attempt - 1,
    isLastAttempt: true,
    progress: () => {},
    signal: never,
  };
}

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
function tools(stopping = never) {
  const queue = openQueue(store(), { warn: () => {} });
  onTestFinished(() => queue.close());
  return { state: openState(store()), queue, group: 'default', clock, log, stopping };
}

describe('a clean that breaks off', () => {
  it('has removed the oldest first, and goes back to the queue', async () => {
    const target = diskWithOld('2019', '2018', '2017');
    const stopping = new AbortController();
    const stopsAfterOne: Destination = {
      ...target,
      async remove(key) {
        await target.remove(key);
        stopping.abort(new HandedBack('The worker stops.'));
      },
    };

    const cleaning = cleanBackups(shop([stopsAfterOne]), job({ how: 'yes' }), tools(stopping.signal));

    await expect(cleaning).rejects.toThrow(HandedBack);
    expect(namesIn(target.folder)).not.toContain('2017-01-01-00-00-00.zip');
    expect(namesIn(target.folder)).toHaveLength(6);
  });

  it('shows what is left instead of going on with a plan that is another one by now', async () => {
    const target = diskWithOld('2019', '2018');
    const app = shop([target]);
    const confirmed = await planCleanupOf(app, { app: 'shop', at: [] }, tools());
    await target.remove('shop/2018-01-01-00-00-00.zip');

    const report = await cleanBackups(app, job({ plan: confirmed.hash }, 2), tools());

    expect(report).toMatchObject({ kind: 'cleanup-plan', insteadOf: 'a-broken-off-clean' });
    expect(namesIn(target.folder)).toContain('2019-01-01-00-00-00.zip');
  });

  it('goes on by itself where nobody was to confirm it', async () => {
    const target = diskWithOld('2019');

    const report = await cleanBackups(shop([target]), job({ how: 'yes' }, 2), tools());

    expect(report).toMatchObject({ kind: 'cleaned', outcome: 'cleaned' });
    expect(namesIn(target.folder)).toHaveLength(2);
  });
});

describe('a clean that is cancelled', () => {
  it('stops between two backups, and says what went and how many stay', async () => {
    const id = 'c_cancelled';
    const { state, ...rest } = tools();
    const heard = gate();
    const request = { by: { id: 'console:bob', groups: [] }, jobId: 'q_1', seenOnCard: false };
    const watched: State = {
      ...state,
      async recall(key) {
        const found = await state.recall(key);
        if (key === cancelKey(id) && found !== undefined) heard.open();
        return found;
      },
    };
    const target = diskWithOld('2019', '2018', '2017');
    const cancelledAtOnce: Destination = {
      ...target,
      async remove(key) {
        await state.remember(
          cancelKey(id),
          { ...request, replyTo: { platform: 'console', place: 'bob' } },
          60,
        );
        await heard.opened;
        await target.remove(key);
      },
    };
    const told: object[] = [];
    const inHand = { ...job({ how: 'yes' }), id, progress: (facts: object) => void told.push(facts) };

    const report = await cleanBackups(shop([cancelledAtOnce]), inHand, { ...rest, state: watched });

    expect(report).toMatchObject({
      outcome: 'cancelled',
      cancelledBy: { id: 'console:bob' },
      places: [{ removed: [{ key: 'shop/2017-01-01-00-00-00.zip' }], notTried: 2, failed: [] }],
    });
    expect(told).toEqual([{ app: 'shop', removed: 1, toRemove: 3 }]);
    expect(namesIn(target.folder)).toHaveLength(6);
  });
});

describe('a destination whose credentials may only write', () => {
  it('is left alone, and that is no failure', async () => {
    const writeOnly: Destination = {
      ...disk('offsite'),
      async list() {
        throw new DestinationError('These credentials may not look.', { kind: 'write-only' });
      },
    };

    const report = await cleanBackups(shop([diskWithOld('2019'), writeOnly]), job({ how: 'yes' }), tools());

    expect(report).toMatchObject({
      outcome: 'cleaned',
      places: [{ destination: 'disk' }, { destination: 'offsite', reachable: false, writeOnly: true }],
    });
  });
});

describe('an archive whose manifest cannot be removed', () => {
  it('is said, and its manifest is in the next plan', async () => {
    const target = diskWithOld('2019');
    const stubborn: Destination = {
      ...target,
      async remove(key) {
        if (key.endsWith('.json')) throw new Error('It is locked.');
        await target.remove(key);
      },
    };

    const report = await cleanBackups(shop([stubborn]), job({ how: 'yes' }), tools());
    const next = await planCleanupOf(shop([target]), { app: 'shop', at: [] }, tools());

    expect(report).toMatchObject({
      outcome: 'partly',
      places: [
        {
          removed: [{ key: 'shop/2019-01-01-00-00-00.zip' }],
          failed: [{ key: 'shop/2019-01-01-00-00-00.manifest.json', problem: 'It is locked.' }],
        },
      ],
    });
    expect(next.places).toMatchObject([{ leftovers: ['shop/2019-01-01-00-00-00.manifest.json'] }]);
  });
});
