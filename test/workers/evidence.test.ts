import { randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey, readBackupKey } from '../../src/domain/backup-key.ts';
import type { CleanCommand } from '../../src/domain/clean-command.ts';
import { HealthOptions } from '../../src/domain/health/registry.ts';
import { RetentionPolicy } from '../../src/domain/retention/registry.ts';
import { openPinger } from '../../src/ops/pinger.ts';
import { openQueue } from '../../src/queue/bullmq.ts';
import { HandedBack } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import type { App } from '../../workers/app.ts';
import { leaveNothing } from '../../workers/backup/leave-nothing.ts';
import { checkHealth } from '../../workers/check-health.ts';
import { cleanBackups, planCleanupOf } from '../../workers/clean-backups.ts';
import { listBackups } from '../../workers/list-backups.ts';
import { rememberRun } from '../../workers/remember-run.ts';
import { runBackup } from '../../workers/run-backup.ts';
import { rememberStored } from '../../workers/stored-memory.ts';
import type { Tools } from '../../workers/tools.ts';
import { inHand } from '../support/job-in-hand.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);
const asked = { askedBy: { id: 'console:me', groups: [] }, askedAt: '2026-11-22T03:15:00.000Z' };

function worker(): Tools {
  const corner = { ...store(), prefix: `evidence-${randomUUID()}` };
  const queue = openQueue(corner, { warn: () => {} });
  onTestFinished(() => queue.close());
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return {
    ...{ group: 'default', queue, state: openState(corner), log, apps: new Map() },
    clock,
    stopping: new AbortController().signal,
    pinger: openPinger(log.warn),
    redact: (text) => text,
  };
}

/** A little later than the runs: those of one second take the seconds after it. */
const clock = () => DateTime.utc().plus({ minutes: 1 });

/** A run whose key is known. */
async function run(app: App, tools: Tools, runId = `r_${randomUUID().slice(0, 9)}`) {
  const command = { verb: 'run' as const, app: app.name, to: [] };
  const report = await runBackup(app, inHand(runId, { command, ...asked }), {
    ...tools,
    clock: () => DateTime.utc(),
  });
  return { report, key: report.archive?.key ?? '' };
}

/** A shop with three backups, oldest first, and what looks after it. */
async function threeBackups(target = disk('disk')) {
  const app = shop([target]);
  const tools = worker();
  const keys = [await run(app, tools), await run(app, tools), await run(app, tools)].map(({ key }) => key);
  const [oldest = '', middle = '', newest = ''] = keys;
  return { target, app, tools, keys, oldest, middle, newest };
}

function clean(app: App, tools: Tools, command: Partial<CleanCommand> = { how: 'yes' }) {
  const job = inHand(`c_${randomUUID().slice(0, 9)}`, {
    ...asked,
    command: { verb: 'clean' as const, app: app.name, at: [], ...command },
  });
  return cleanBackups(app, job, tools);
}

function keepingLast(app: App, count: number): App {
  const policyAt = () => RetentionPolicy.parse({ strategy: 'keepLast', keepLast: count });
  return { ...app, retention: { zone: 'UTC', policyAt } };
}

function remove({ target, key }: { target: Destination; key: string }, manifestToo: boolean): void {
  rmSync(target.locate(key));
  if (manifestToo) rmSync(target.locate(manifestKey(key)));
}

async function wrongAt(app: App, tools: Tools) {
  const { verdicts } = await checkHealth([app], tools);
  return verdicts.flatMap(({ failures }) => failures.map(({ check, problem }) => ({ check, problem })));
}

describe('a backup that somebody else removed', () => {
  it.each([
    ['archive alone', false, 'manifest'],
    ['archive and manifest', true, 'vanished'],
  ])('(its %s) is reported by every look until a person has seen it', async (_, manifestToo, check) => {
    const { app, tools, target, middle } = await threeBackups();
    remove({ target, key: middle }, manifestToo);

    const cleaned = await clean(app, tools);
    const afterwards = await wrongAt(app, tools);
    const plan = await planCleanupOf(app, { app: 'shop', at: [] }, tools);
    await clean(app, tools, { plan: plan.hash });

    const problem = expect.stringContaining(middle);
    expect(cleaned).toMatchObject({ outcome: 'cleaned', verdicts: [{ failures: [{ check, problem }] }] });
    expect(afterwards).toEqual([{ check, problem }]);
    expect(plan.places).toMatchObject([{ warnings: [problem] }]);
    expect(await wrongAt(app, tools)).toEqual([]);
    expect(namesIn(target.folder)).toHaveLength(4);
  });

  it('is in the report of a clean, and tells nothing of what a clean does not look at', async () => {
    const { app, tools, target, middle } = await threeBackups();
    remove({ target, key: middle }, true);

    const cleaned = await clean(app, tools);

    expect(cleaned).toMatchObject({
      verdicts: [{ undecided: expect.arrayContaining(['age', 'missed-run', 'storage', 'damage']) }],
    });
  });

  it('is not looked for where something else may remove backups', async () => {
    const { app, tools, target, middle } = await threeBackups();
    remove({ target, key: middle }, true);

    const health = HealthOptions.parse({ reportRemovedByOthers: false });

    expect(await wrongAt({ ...app, health }, tools)).toEqual([]);
  });

  it('is not what a look misses that began before the run ended', async () => {
    const { app, tools, target } = await threeBackups();
    const ended: Destination = {
      ...target,
      async list(name) {
        const listed = await target.list(name);
        const results = (await run(app, tools)).report.destinations;
        expect(results).toMatchObject([{ outcome: 'stored' }]);
        return listed;
      },
    };

    expect(await wrongAt({ ...app, destinations: [ended] }, tools)).toEqual([]);
  });
});

describe('what Holdfast removes itself', () => {
  it('is not reported as missing', async () => {
    const { app, tools } = await threeBackups();

    const cleaned = await clean(keepingLast(app, 1), tools);

    expect(cleaned).toMatchObject({ places: [{ removed: [{}, {}] }], verdicts: [{ failures: [] }] });
    expect(await wrongAt(app, tools)).toEqual([]);
  });

  it('is not reported when a clean was killed between archive and manifest, and the next one ends it', async () => {
    const { app, tools, target, oldest } = await threeBackups();
    const killed: Destination = {
      ...target,
      async remove(key) {
        if (key.endsWith('.json')) return new Promise(() => {});
        await target.remove(key);
        stopped.abort(new HandedBack('The worker is gone.'));
      },
    };
    const stopped = new AbortController();
    void clean(keepingLast({ ...app, destinations: [killed] }, 2), tools);
    await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));

    const meanwhile = await wrongAt(app, tools);
    const next = await clean(keepingLast(app, 2), tools);

    expect(meanwhile).toEqual([]);
    expect(next).toMatchObject({
      places: [{ leftovers: [manifestKey(oldest)] }],
      verdicts: [{ failures: [] }],
    });
    expect(await wrongAt(app, tools)).toEqual([]);
    expect(namesIn(target.folder)).toHaveLength(4);
  });

  it('is not reported when a run that was cancelled took its backup away again', async () => {
    const { app, tools, target } = await threeBackups();
    const { key } = await run(app, tools, 'r_cancelled');

    await leaveNothing('r_cancelled', app.destinations, tools.state);

    expect(namesIn(target.folder)).not.toContain(key.slice('shop/'.length));
    expect(await wrongAt(app, tools)).toEqual([]);
  });

  it('is not missed by a Holdfast that only watches, or cleans what another one makes', async () => {
    const { app, tools, target } = await threeBackups();
    const elsewhere = worker();
    await wrongAt(app, elsewhere);

    await clean(keepingLast(app, 1), tools);

    expect(await wrongAt(app, elsewhere)).toEqual([]);
    expect(namesIn(target.folder)).toHaveLength(2);
  });
});

describe('what is not known to be a backup', () => {
  it.each([
    ['has no manifest', (path: Paths) => rmSync(path.manifest)],
    ['has no manifest that can be read', (path: Paths) => writeFileSync(path.manifest, '{}')],
    ['is larger than its manifest says', (path: Paths) => appendFileSync(path.archive, 'more')],
    ['has the manifest of another app', (path: Paths) => copyFileSync(path.ofBlog, path.manifest)],
  ])('because it %s pushes nothing out and stays, and is reported', async (_, spoil) => {
    const target = disk('disk');
    const app = keepingLast(shop([target]), 2);
    const tools = worker();
    const [old, good, odd] = ['2026-11-20', '2026-11-21', '2026-11-22'].map((day) =>
      plant(target.folder, { takenAt: `${day}T02:00:00Z` }),
    );
    const ofBlog = plant(target.folder, { app: 'blog', takenAt: '2026-11-22T02:00:00Z' });
    spoil(pathsOf(target, odd ?? '', ofBlog));

    const cleaned = await clean(app, tools);

    expect(cleaned).toMatchObject({
      places: [{ removed: [], kept: { count: 3 } }],
      verdicts: [{ failures: [{ check: 'manifest', problem: expect.stringContaining(odd ?? '') }] }],
    });
    const names = [old, good, odd].map((key) => key?.slice('shop/'.length));
    expect(namesIn(target.folder)).toEqual(expect.arrayContaining(names));
  });

  it('is named in the list of backups', async () => {
    const { app, tools, target, newest, middle } = await threeBackups();
    appendFileSync(target.locate(newest), 'more');
    rmSync(target.locate(manifestKey(middle)));

    const { destinations } = await listBackups(app, tools);

    expect(destinations).toMatchObject([
      {
        backups: [
          { key: newest, doubt: expect.stringMatching(/^has [\d,]+ bytes, but [\d,]+ were stored$/) },
          { key: middle, doubt: expect.stringContaining('has no manifest') },
          { key: expect.any(String) },
        ],
      },
    ]);
  });

  it('is no finding while the run that stores it may still write its manifest', async () => {
    const { app, tools, target, newest } = await threeBackups();
    const takenAt = readBackupKey(newest)?.takenAt.plus({ hours: 1 }) ?? DateTime.utc();
    rmSync(target.locate(manifestKey(plant(target.folder, { takenAt: takenAt.toISO() ?? '' }))));

    expect(await clean(app, tools)).toMatchObject({ verdicts: [{ failures: [] }] });
  });

  it('is what lies in the folder of an app that a file system takes for this one', async () => {
    const target = disk('disk');
    const key = plant(target.folder, { app: 'Shop', takenAt: '2026-11-22T02:00:00Z' });
    mkdirSync(dirname(target.locate('shop/x')), { recursive: true });
    for (const each of [key, manifestKey(key)])
      renameSync(target.locate(each), target.locate(each.replace('Shop', 'shop')));
    plant(target.folder, { takenAt: '2026-11-23T02:00:00Z' });

    const cleaned = await clean(keepingLast(shop([target]), 1), worker());

    expect(cleaned).toMatchObject({
      places: [{ removed: [] }],
      verdicts: [{ failures: [{ problem: expect.stringContaining('manifest of a backup of Shop') }] }],
    });
  });
});

describe('backups that no run of this Holdfast made', () => {
  /** As whoever has the key of a destination would write them: newer than all there are, and with manifests. */
  function forge(folder: string, count: number): void {
    for (let one = 1; one <= count; one++) {
      const takenAt = DateTime.utc().plus({ seconds: 5 * one });
      plant(folder, { takenAt: takenAt.toISO(), sizeInBytes: 999 });
    }
  }

  it('push out none that it made when nobody looks', async () => {
    const { app, tools, target, keys } = await threeBackups();
    const before = await wrongAt(app, tools);
    forge(target.folder, 30);

    const cleaned = await clean(keepingLast(app, 3), tools);

    expect(before).toEqual([]);
    expect(namesIn(target.folder)).toEqual(
      expect.arrayContaining(keys.map((key) => key.slice('shop/'.length))),
    );
    expect(cleaned).toMatchObject({
      places: [{ warnings: [expect.stringContaining('does not remember')] }],
    });
  });

  it('count as its own when they were there before it remembered any', async () => {
    const target = disk('disk');
    const app = keepingLast(shop([target]), 3);
    const tools = worker();
    const old = ['2025-01-01', '2025-01-02', '2025-01-03'].map((day) =>
      plant(target.folder, { takenAt: `${day}T02:00:00Z` }),
    );
    await run(app, tools);
    await wrongAt(app, tools);
    rmSync(target.locate(old[2] ?? ''));
    rmSync(target.locate(manifestKey(old[2] ?? '')));

    expect(await wrongAt(app, tools)).toMatchObject([
      { check: 'vanished', problem: expect.stringContaining(old[2] ?? '') },
    ]);
  });

  it('are its own after all when the state still has the report of their run', async () => {
    const { app, tools, target } = await threeBackups();
    await wrongAt(app, tools);
    const { state } = tools;
    const forgetful = { ...tools, state: { ...state, claim: awayFor('turn.', state.claim) } };
    const { report, key } = await run(app, forgetful);
    await rememberRun(report, tools);
    await wrongAt(app, tools);
    remove({ target, key }, true);

    expect(await wrongAt(app, tools)).toMatchObject([{ check: 'vanished' }]);
  });
});

describe('the memory of what is stored', () => {
  it('loses nothing when a run and a clean change it at once', async () => {
    const { app, tools, target } = await threeBackups();
    const results = [
      {
        outcome: 'stored' as const,
        destination: 'disk',
        path: '',
        sizeInBytes: 1,
        seconds: 1,
        compared: true,
      },
    ];
    const noted = Array.from({ length: 10 }, (_, day) => `shop/2020-01-${10 + day}-00-00-00.zip`);

    await Promise.all([
      ...noted.map((key) => rememberStored('shop', { key, sizeInBytes: 1 }, results, tools.state)),
      clean(keepingLast(app, 1), tools),
    ]);

    const wrong = await wrongAt(app, tools);
    expect(wrong).toMatchObject([{ check: 'vanished', problem: expect.stringContaining('7 others') }]);
    expect(namesIn(target.folder)).toHaveLength(2);
  });
});

interface Paths {
  readonly archive: string;
  readonly manifest: string;
  readonly ofBlog: string;
}

function pathsOf(target: Destination, key: string, ofBlog: string): Paths {
  const manifest = target.locate(manifestKey(key));
  return { archive: target.locate(key), manifest, ofBlog: target.locate(manifestKey(ofBlog)) };
}

/** The state says no to whatever begins so. */
function awayFor(prefix: string, claim: Tools['state']['claim']): Tools['state']['claim'] {
  return (key, value, seconds) =>
    key.startsWith(prefix) ? Promise.reject(new Error('The state is away.')) : claim(key, value, seconds);
}
