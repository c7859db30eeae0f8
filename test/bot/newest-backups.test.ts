import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { learnNewest, newestBackups } from '../../src/bot/newest-backups.ts';
import type { Holding, ReportOf } from '../../src/domain/report.ts';
import { openState } from '../../src/state/registry.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { failedRun } from '../support/run-report.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

const apps = [{ name: 'shop', runsOn: 'default', destinations: ['near', 'far'] }];
const sizes = { count: 1, totalInBytes: 1 };

function memory() {
  const state = openState({ ...store(), prefix: randomUUID() });
  return {
    learn: (report: Parameters<typeof learnNewest>[0]) => learnNewest(report, state),
    known: async () =>
      (await newestBackups(apps, state)).map(({ destination, takenAt }) => [
        destination,
        takenAt?.toISOString(),
      ]),
  };
}

/** A run that near took and far did not. */
const run = failedRun({
  outcome: 'partly',
  archive: {
    ...{ key: 'shop/2026-11-22-03-15-00.zip', sha256: '', sizeInBytes: 1, contentInBytes: 1, entries: 1 },
  },
  destinations: [
    { outcome: 'stored', destination: 'near', path: '/', sizeInBytes: 1, seconds: 1, compared: true },
    { outcome: 'failed', destination: 'far', reason: 'It was away.', refused: false },
  ],
});

function seen(...holdings: Holding[]): ReportOf<'health'> {
  return { kind: 'health', group: 'default', at: '2026-11-23T00:00:00.000Z', verdicts: [], holdings };
}

describe('the newest backup of an app at each destination', () => {
  it('is not known before anything was stored or seen', async () => {
    expect(await memory().known()).toEqual([
      ['near', undefined],
      ['far', undefined],
    ]);
  });

  it('is the one a run has stored there, and no other', async () => {
    const { learn, known } = memory();

    await learn(run);

    expect(await known()).toEqual([
      ['near', '2026-11-22T03:15:00.000Z'],
      ['far', undefined],
    ]);
  });

  it('is what somebody saw there last; of a destination that is away it stays what it was', async () => {
    const { learn, known } = memory();
    const newest = { key: '', backup: 'full' as const, takenAt: '2026-11-20T00:00:00.000Z', sizeInBytes: 1 };
    await learn(run);

    await learn(seen({ reachable: true, app: 'shop', destination: 'far', ...sizes, newest }));
    await learn(seen({ reachable: false, app: 'shop', destination: 'far', problem: 'It is away.' }));
    await learn(seen({ reachable: true, app: 'shop', destination: 'near', count: 0, totalInBytes: 0 }));

    expect(await known()).toEqual([
      ['near', undefined],
      ['far', '2026-11-20T00:00:00.000Z'],
    ]);
  });
});
