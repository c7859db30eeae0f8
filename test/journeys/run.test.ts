import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/domain/exit-code.ts';
import { Manifest } from '../../src/domain/manifest.ts';
import type { Report, RunReport } from '../../src/domain/report.ts';
import { runsOf } from '../../src/queue/contracts.ts';
import { held } from '../support/held-destination.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(embedded);

describe('/backup run shop', () => {
  it('stores an archive with its manifest beside it, and says so', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });

    const { reports, text } = await say('/backup run shop');

    const run = runIn(reports);
    const archive = readFileSync(join(target.folder, run.archive?.key ?? ''));
    const manifest = Manifest.parse(JSON.parse(readFileSync(manifestOf(target.folder, run), 'utf8')));
    expect(run.outcome).toBe('stored');
    expect(manifest).toMatchObject({ runId: run.runId, app: 'shop', kind: 'full', archive: run.archive });
    expect(manifest.archive.sha256).toBe(createHash('sha256').update(archive).digest('hex'));
    expect(manifest.archive.sizeInBytes).toBe(archive.length);
    expect(archive.includes('photos/café ☕.txt')).toBe(true);
    expect(text).toContain('✔ Backup of shop is stored');
    expect(text).toMatch(/✔ disk .* in .*\/s: /);
    expect(text).toContain(join(target.folder, manifest.archive.key));
  });

  it('is one message, edited until it holds the result', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });

    const { frames } = await say('/backup run shop');

    expect(frames.map(({ shows }) => shows)).toEqual(['new', ...frames.slice(1).map(() => 'changed')]);
    expect(new Set(frames.map(({ id }) => id)).size).toBe(1);
    expect(frames[0]?.message.report?.kind).toBe('queued');
    expect(frames.at(-1)?.message).toMatchObject({ tone: 'good', report: { kind: 'run' } });
  });

  it('takes the place of the one of its schedule that waits for its minutes of jitter', async () => {
    const target = disk('disk');
    const { say, queue } = await startProduct(store(), { apps: [shop([target])] });
    const asked = { askedBy: { id: 'schedule:shop', groups: [] }, askedAt: '2026-11-22T02:00:00.000Z' };
    const command = { verb: 'run' as const, app: 'shop', to: [] };
    const waiting = { id: 'r_waiting', once: 'run.shop', delayInMs: 3_600_000, data: { command, ...asked } };
    await queue.add(runsOf('default'), waiting);

    const part = await say('/backup run shop --only-files');
    const whole = await say('/backup run shop');

    expect(part.reports).toMatchObject([{ kind: 'already-running', run: { runId: 'r_waiting' } }]);
    expect(runIn(whole.reports).outcome).toBe('stored');
    expect(await queue.unfinished(runsOf('default'))).toEqual([]);
  });

  it('gives two runs in one second two archives', async () => {
    const target = disk('disk');
    const apps = [shop([target])];
    const { say } = await startProduct(store(), { apps });

    await say('/backup run shop');
    await say('/backup run shop');

    expect(archivesIn(target.folder)).toHaveLength(2);
  });

  it('takes only what was asked for, to where it was asked for', async () => {
    const near = disk('near');
    const far = disk('far');
    const { say } = await startProduct(store(), { apps: [shop([near, far])] });

    const { reports } = await say('/backup run shop —only-files —to far');

    expect(runIn(reports)).toMatchObject({ backup: 'files', destinations: [{ destination: 'far' }] });
    expect(archivesIn(far.folder)).toEqual([expect.stringMatching(/\.files\.zip$/)]);
    expect(readdirSync(near.folder)).toEqual([]);
  });

  it('tells of a destination that failed in a row of its own, while the other holds the archive', async () => {
    const good = disk('good');
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'I am no folder.');
    const { say } = await startProduct(store(), { apps: [shop([good, disk('bad', path)])] });

    const { reports, text } = await say('/backup run shop');

    const run = runIn(reports);
    expect(run.outcome).toBe('partly');
    expect(run.destinations).toMatchObject([
      { destination: 'good', outcome: 'stored' },
      { destination: 'bad', outcome: 'failed', reason: expect.stringContaining(path) },
    ]);
    expect(exitCodeOf(run)).toBe(1);
    expect(archivesIn(good.folder)).toHaveLength(1);
    expect(text).toContain('is stored only partly: bad failed');
  });
});

describe('a second run of the same app', () => {
  it('is told about the first while that is unfinished, and begins once it has ended', async () => {
    const target = held(disk('disk'));
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    const first = say('/backup run shop', 'console:ann');
    await target.reached;

    const second = await say('/backup run shop', 'console:bob');
    target.letGo();
    const { reports } = await first;
    const third = await say('/backup run shop');

    expect(second.reports).toMatchObject([
      {
        kind: 'already-running',
        run: { runId: runIn(reports).runId, state: 'running', askedBy: { id: 'console:ann' } },
      },
    ]);
    expect(second.text).toMatch(/A backup of shop is already running\n.*asked by console:ann/);
    expect(runIn(third.reports).runId).not.toBe(runIn(reports).runId);
  });

  it('is never made, however many ask at once', async () => {
    const folder = disk('disk').folder;
    const target = held(disk('disk', folder));
    const { say } = await startProduct(store(), { apps: [shop([target])] });

    const asked = Array.from({ length: 20 }, (_, i) => say('/backup run shop', `console:p${i}`));
    await target.reached;
    target.letGo();
    const answers = await Promise.all(asked);

    const runs = answers.flatMap(({ reports }) => reports).filter(({ kind }) => kind === 'run');
    const told = answers.flatMap(({ reports }) => reports).filter(({ kind }) => kind === 'already-running');
    expect(runs).toHaveLength(1);
    expect(told).toHaveLength(19);
    expect(archivesIn(folder)).toHaveLength(1);
  });

  it('keeps no other app waiting for its answer: a list comes while a run goes on', async () => {
    const target = held(disk('disk'));
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    const run = say('/backup run shop');
    await target.reached;

    const { reports } = await say('/backup list');
    const status = await say('/backup status');
    target.letGo();
    await run;

    expect(reports).toMatchObject([{ kind: 'overview', holdings: [{ app: 'shop', count: 0 }] }]);
    expect(status.text).toMatch(/1 running or waiting\n.*shop is running/);
  });
});

describe('a run whose group has no live worker', () => {
  it('says so at once, waits, and is done when one begins', async () => {
    const apps = [{ ...shop(), runsOn: 'web1' }];
    const chat = memoryPlatform('slack');
    const access = [{ allow: ['all' as const], who: ['slack:T1/U1'] }];
    const { hire } = await startProduct(store(), { apps, platforms: [chat], access });

    await chat.type('run shop', { id: 'slack:T1/U1', groups: [] }, 'C1');
    const [card] = chat.shown;
    await hire('web1');
    const result = await chat.see(({ message }) => message.report?.kind === 'run');

    expect(card?.message.report).toMatchObject({ kind: 'queued', group: 'web1', workerAlive: false });
    expect(JSON.stringify(card?.message.blocks)).toContain('holdfast worker --group web1');
    expect(result).toMatchObject({ how: 'edited', id: card?.id, message: { report: { outcome: 'stored' } } });
  });
});

function runIn(reports: readonly Report[]): RunReport {
  const run = reports.find((report) => report.kind === 'run');
  if (run === undefined) throw new Error(`No run was reported: ${JSON.stringify(reports)}`);
  return run;
}

function manifestOf(folder: string, { archive }: RunReport): string {
  return join(folder, archive?.key.replace(/\.zip$/, '.manifest.json') ?? '');
}

function archivesIn(folder: string): string[] {
  return readdirSync(join(folder, 'shop')).filter((name) => name.endsWith('.zip'));
}
