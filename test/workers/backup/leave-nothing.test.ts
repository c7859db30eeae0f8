import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { manifestKey } from '../../../src/domain/backup-key.ts';
import { openState } from '../../../src/state/registry.ts';
import { claimKey } from '../../../workers/backup/claim-key.ts';
import { findStored } from '../../../workers/backup/find-stored.ts';
import { leaveNothing } from '../../../workers/backup/leave-nothing.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { namesIn, plant } from '../../support/planted-backups.ts';
import { disk } from '../../support/shop.ts';
import { embedded } from '../../support/stores.ts';

const store = openStoreForAll(embedded);

it('a run that was ended takes away what it stored, and never the backup of another, whatever the state says', async () => {
  const state = openState({ ...store(), prefix: randomUUID() });
  const startedAt = DateTime.fromISO('2026-11-22T03:15:00Z', { zone: 'utc' });
  const [mine, forged] = [disk('mine'), disk('forged')];
  const key = await claimKey(
    { app: 'shop', kind: 'full', runId: 'r_mine', startedAt, extension: 'zip' },
    state,
  );
  for (const { folder } of [mine, forged]) plant(folder, { takenAt: startedAt.toISO() ?? '' });
  writeFileSync(mine.locate(manifestKey(key)), manifestOf('r_mine'));
  writeFileSync(forged.locate(manifestKey(key)), manifestOf('r_other'));

  const told = await leaveNothing('r_mine', [mine, forged], state);

  expect(namesIn(mine.folder)).toEqual([]);
  expect(namesIn(forged.folder)).toHaveLength(2);
  expect(told).toEqual([
    `forged may still hold something of this run: ${key} at forged is the backup of r_other, and stays.`,
  ]);
});

it('a run that is begun again never takes the backup of another for what is left of it', async () => {
  const target = disk('disk');
  const key = plant(target.folder, { takenAt: '2026-11-22T03:15:00Z' });
  writeFileSync(target.locate(manifestKey(key)), manifestOf('r_other'));
  const state = openState({ ...store(), prefix: randomUUID() });
  const looking = { runId: 'r_mine', state, signal: new AbortController().signal, stallTimeoutInMs: 60_000 };

  await expect(findStored(key, [target], looking)).rejects.toThrow('is the backup of r_other, and stays.');

  expect(namesIn(target.folder)).toHaveLength(2);
});

function manifestOf(runId: string): string {
  const at = '2026-11-22T03:15:00.000Z';
  return JSON.stringify({
    ...{ version: 1, runId, app: 'shop', kind: 'full', startedAt: at, finishedAt: at, host: 'web1' },
    archive: { key: '', sha256: '0'.repeat(64), sizeInBytes: 0, contentInBytes: 0, entries: 0 },
    ...{ dumps: [], warnings: [] },
  });
}
