import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renderHealth } from '../../src/bot/render/health.ts';
import { consoleText } from '../../src/chat/console-text.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { HealthOptions } from '../../src/domain/health/registry.ts';
import { RetentionPolicy } from '../../src/domain/retention/registry.ts';
import { openPinger } from '../../src/ops/pinger.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openState } from '../../src/state/registry.ts';
import type { App } from '../../workers/app.ts';
import { checkHealth } from '../../workers/check-health.ts';
import { runBackup } from '../../workers/run-backup.ts';
import { putSchedules } from '../../workers/schedules/put-schedules.ts';
import type { Tools } from '../../workers/tools.ts';
import { inHand } from '../support/job-in-hand.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { plant } from '../support/planted-backups.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

function worker(apps: readonly App[], clock: () => DateTime = () => DateTime.utc()): Tools {
  const corner = { ...store(), prefix: `health-${randomUUID()}` };
  const queue = openQueue(corner, { warn: () => {} });
  onTestFinished(() => queue.close());
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return {
    ...{ group: 'default', queue, state: openState(corner), log, clock },
    apps: new Map(apps.map((app) => [app.name, app])),
    stopping: new AbortController().signal,
    pinger: openPinger(log.warn),
    redact: (text) => text,
  };
}

/** A shop with one good backup. */
async function backedUp(target = disk('disk')) {
  const app = shop([target]);
  const tools = worker([app]);
  const command = { verb: 'run' as const, app: 'shop', to: [] };
  const asked = { askedBy: { id: 'console:me', groups: [] }, askedAt: '2026-11-22T03:15:00.000Z' };
  const { archive } = await runBackup(app, inHand('r_health11', { command, ...asked }), tools);
  return { app, tools, target, key: archive?.key ?? '' };
}

const wrong = (report: Awaited<ReturnType<typeof checkHealth>>) =>
  report.verdicts.flatMap(({ failures }) => failures.map(({ check }) => check));

const advice = (report: Awaited<ReturnType<typeof checkHealth>>) =>
  report.verdicts.flatMap(({ failures }) => failures.map((failure) => failure.advice)).join('\n');

describe('looking at the health of backups', () => {
  it('finds nothing wrong with a fresh backup, and says what is held', async () => {
    const { app, tools, key } = await backedUp();

    const report = await checkHealth([app], tools);

    expect(wrong(report)).toEqual([]);
    expect(report.holdings).toMatchObject([
      { reachable: true, app: 'shop', destination: 'disk', count: 1, newest: { key } },
    ]);
  });

  it('says so when backups were removed behind our back', async () => {
    const { app, tools, target, key } = await backedUp();
    rmSync(target.locate(key));

    const report = await checkHealth([app], tools);

    expect(wrong(report)).toEqual(['age', 'manifest']);
  });

  it('says so when an older archive was removed behind our back, though the newest is there', async () => {
    const { app, tools, target } = await backedUp();
    const older = plant(target.folder, { takenAt: '2026-11-20T02:00:00Z' });
    rmSync(target.locate(older));

    const { verdicts } = await checkHealth([app], tools);

    expect(verdicts).toMatchObject([
      {
        failures: [{ check: 'manifest', problem: expect.stringContaining(`${older} is no longer in disk`) }],
      },
    ]);
  });

  it('says so when an archive has lost its manifest', async () => {
    const { app, tools, target, key } = await backedUp();
    rmSync(target.locate(manifestKey(key)));

    expect(wrong(await checkHealth([app], tools))).toEqual(['manifest']);
  });

  it('says so when the newest backup is older than it may be', async () => {
    const { app, tools } = await backedUp();
    const inTwoDays = { ...tools, clock: () => DateTime.utc().plus({ days: 2 }) };

    expect(wrong(await checkHealth([app], inTwoDays))).toEqual(['age']);
  });

  it('names the scheduled runs that left no backup', async () => {
    const { app, tools } = await backedUp();
    const chores = { run: { cron: '0 * * * *', zone: 'UTC' } };
    const later = { ...tools, clock: () => DateTime.utc().plus({ hours: 3, minutes: 30 }) };

    const report = await checkHealth([{ ...app, chores }], later);

    expect(wrong(report)).toEqual(['missed-run']);
  });

  it('finds nothing wrong with a new installation until its first run was due', async () => {
    const app = { ...shop([disk('disk')]), chores: { run: { cron: '0 2 * * *', zone: 'UTC' } } };
    let now: DateTime = DateTime.utc(2026, 11, 22, 12);
    const tools = worker([app], () => now);
    await putSchedules(tools);

    now = DateTime.utc(2026, 11, 22, 18);
    const before = await checkHealth([app], tools);
    now = DateTime.utc(2026, 11, 23, 2, 15);
    const after = await checkHealth([app], tools);

    expect([wrong(before), wrong(after)]).toEqual([[], ['age']]);
    const text = consoleText(renderHealth(before, now), 'UTC');
    expect(text).toContain('Nothing is wrong, but not every place has a backup yet');
    expect(text).toContain('shop: no backup in disk yet.');
  });

  it('advises of an app that is only watched nothing that cannot be done from here', async () => {
    const { app, tools, target, key } = await backedUp();
    const { files: _, ...watched } = app;
    rmSync(target.locate(key));
    const full = HealthOptions.parse({ minimumFreeInMegabytes: 1e12, maximumStorageInMegabytes: 0.001 });
    for (const day of ['20', '21'])
      plant(target.folder, { takenAt: `2026-11-${day}T02:00:00Z`, sizeInBytes: 1000 });

    const here = await checkHealth([{ ...app, health: full }], tools);
    const elsewhere = await checkHealth([{ ...watched, health: full }], tools);

    expect(wrong(elsewhere)).toEqual(wrong(here));
    expect(wrong(elsewhere)).toEqual(['age', 'storage', 'manifest', 'free-space']);
    expect(advice(here)).toMatch(/backup run(.|\n)*backup clean/);
    expect(advice(elsewhere)).not.toMatch(/backup (run|clean)/);
    expect(advice(elsewhere)).toContain('find out where it is backed up why none comes');
  });

  it('says so when a folder has no room for the next backup', async () => {
    const { app, tools } = await backedUp();
    const health = HealthOptions.parse({ minimumFreeInMegabytes: 1e12 });

    expect(wrong(await checkHealth([{ ...app, health }], tools))).toEqual(['free-space']);
  });

  it('takes no more to be healthy than a clean leaves at the destination', async () => {
    const { app, tools } = await backedUp();
    const policyAt = () => RetentionPolicy.parse({ maximumStorageInMegabytes: 0.0001 });

    const report = await checkHealth([{ ...app, retention: { zone: 'UTC', policyAt } }], tools);

    expect(wrong(report)).toEqual(['storage']);
    expect(report.holdings).toMatchObject([{ limitInBytes: 105 }]);
  });

  it('tells of a place that cannot be reached just that', async () => {
    const { app, tools } = await backedUp();
    const gone = disk('gone');
    rmSync(gone.folder, { recursive: true });
    writeFileSync(gone.folder, '');

    const report = await checkHealth([{ ...app, destinations: [gone] }], tools);

    expect(wrong(report)).toEqual(['reachable']);
    expect(report.holdings).toMatchObject([{ reachable: false, destination: 'gone' }]);
  });
});
