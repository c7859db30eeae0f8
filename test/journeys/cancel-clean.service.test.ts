import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Destination } from '../../src/destinations/destination.ts';
import { exitCodeOf } from '../../src/domain/exit-code.ts';
import type { Report, ReportOf } from '../../src/domain/report.ts';
import { gate } from '../support/gate.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const clock = () => DateTime.fromISO('2026-11-22T12:00:00Z', { zone: 'utc' });

/** A folder with a backup that stays and three that have to go. */
function diskWithOld() {
  const target = disk('disk');
  for (const day of ['2026-11-22', '2019-01-01', '2018-01-01', '2017-01-01'])
    plant(target.folder, { takenAt: `${day}T02:00:00Z` });
  return target;
}

/** Removes what it is told to, but the second archive only once it is let go. */
function heldAtSecond(target: Destination) {
  const reached = gate();
  const released = gate();
  const destination: Destination = {
    ...target,
    async remove(key) {
      if (key.endsWith('2018-01-01-02-00-00.zip')) {
        reached.open();
        await released.opened;
      }
      await target.remove(key);
    },
  };
  return { destination, reached: reached.opened, letGo: released.open };
}

function statusIn(reports: readonly Report[]): ReportOf<'status'> {
  const status = reports.find((report) => report.kind === 'status');
  if (status === undefined) throw new Error(`That was no status: ${JSON.stringify(reports)}`);
  return status;
}

describe('a clean that waits', () => {
  it('is shown, and is taken out of the queue by whoever cancels it', async () => {
    const target = diskWithOld();
    const { say } = await startProduct(store(), { apps: [shop([target])], clock, groups: [] });
    const cleaning = say('/backup clean shop --yes', 'console:ann');
    await expect
      .poll(async () => (await say('/backup status')).text)
      .toContain('shop waits to be cleaned: c_');

    const cancelled = await say('/backup cancel shop', 'console:bob');
    const { text, reports } = await cleaning;

    expect(cancelled.text).toContain('The clean of shop is cancelled: what was not removed yet stays');
    expect(text).toContain('Cleaning shop was cancelled by console:bob: nothing was removed');
    expect(reports.at(-1)).toMatchObject({ kind: 'cleaned', outcome: 'cancelled', places: [] });
    expect(namesIn(target.folder)).toHaveLength(8);
  });
});

describe('a clean that goes on', () => {
  it('is shown with how far it is, and can be asked for when it has ended', async () => {
    const target = diskWithOld();
    const { destination, reached, letGo } = heldAtSecond(target);
    const { say } = await startProduct(store(), { apps: [shop([destination])], clock });
    const cleaning = say('/backup clean shop --yes');
    await reached;
    await expect
      .poll(async () => (await say('/backup status')).text)
      .toContain('shop is being cleaned, 1 of 3 backups removed: c_');

    const { unfinished } = statusIn((await say('/backup status')).reports);
    const id = unfinished[0]?.runId ?? '';
    const during = await say(`/backup status ${id}`);
    letGo();
    const ended = await cleaning;
    const after = await say(`/backup status ${id}`);
    const late = await say(`/backup cancel ${id}`);
    const again = await say(`/backup retry ${id}`);

    expect(unfinished).toMatchObject([{ doing: 'clean', app: 'shop', words: 'clean shop --yes' }]);
    expect(during.text).toMatch(/Clean of shop is running(.|\n)*1 of 3 backups removed/);
    expect(ended.reports.at(-1)).toMatchObject({ kind: 'cleaned', outcome: 'cleaned' });
    expect(after.reports).toEqual([ended.reports.at(-1)]);
    expect(late.text).toContain(
      'The clean of shop finished just now, before it could be cancelled: it is done',
    );
    expect(late.reports.map(exitCodeOf)).toEqual([1]);
    expect(again.text).toContain(`${id} is no backup, so it cannot be retried.`);
  });
});
