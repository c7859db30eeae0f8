import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Report, RunReport } from '../../src/domain/report.ts';
import { hangingDumper } from '../support/hanging-dumper.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(onRedis);
const ann = { id: 'slack:T1/U1', groups: [] };

describe('/backup retry', () => {
  it('asks for the same words again, and card and result name the run that is retried', async () => {
    const good = disk('good');
    const { say } = await startProduct(store(), { apps: [shop([good, brokenDisk('bad')])] });
    const first = runIn((await say('/backup run shop --only-files --to bad')).reports);

    const { reports, text } = await say(`/backup retry ${first.runId}`);

    const second = runIn(reports);
    expect(reports[0]).toMatchObject({ kind: 'queued', retryOf: first.runId });
    expect(second).toMatchObject({
      retryOf: first.runId,
      outcome: 'failed',
      words: 'run shop --only-files --to bad',
      destinations: [{ destination: 'bad' }],
    });
    expect(second.runId).not.toBe(first.runId);
    expect(text).toContain(`retries ${first.runId}`);
    expect(await good.list('shop')).toEqual([]);
  });

  it('reads the words anew: a destination that is no more is told', async () => {
    const corner = 'moved';
    const before = await startProduct(store(), { apps: [shop([disk('old'), brokenDisk('bad')])], corner });
    const { runId } = runIn((await before.say('/backup run shop --to bad')).reports);
    const after = await startProduct(store(), {
      apps: [shop([disk('new'), disk('other')])],
      corner,
      groups: [],
    });

    const { reports } = await after.say(`/backup retry ${runId}`);

    expect(reports).toMatchObject([
      { kind: 'not-understood', problem: expect.stringContaining('no destination of shop called "bad"') },
    ]);
  });

  it('is offered with a failure, and may be pressed by whoever may run the app', async () => {
    const chat = memoryPlatform('slack');
    const access = [{ allow: ['run' as const], who: [ann.id] }];
    const apps = [shop([brokenDisk('bad')])];
    await startProduct(store(), { apps, access, platforms: [chat] });
    await chat.type('run shop', ann, 'C1');
    const { message } = await chat.see(({ message }) => message.concludes !== undefined);
    const retry = message.actions?.find(({ label }) => label === 'Retry');

    await chat.type(retry?.words ?? '', { id: 'slack:T1/U9', groups: [] }, 'C1');
    await chat.type(retry?.words ?? '', ann, 'C1');

    const told = chat.shown.map(({ message }) => message.report).filter((report) => report?.kind !== 'run');
    expect(message.actions?.map(({ label }) => label)).toEqual(['Retry', 'Details']);
    expect(told.filter((report) => report !== undefined)).toMatchObject([
      { kind: 'queued' },
      { kind: 'refused', verb: 'retry', app: 'shop' },
      { kind: 'queued', retryOf: retry?.words.split(' ')[1] },
    ]);
  });
});

describe('/backup status of a run', () => {
  it('tells where it is while it goes on, and can be cancelled there', async () => {
    const dumper = hangingDumper();
    const { say } = await startProduct(store(), { apps: [{ ...shop(), dumpers: [dumper] }] });
    const run = say('/backup run shop', 'console:ann');
    await dumper.reached;

    const { reports, text } = await vi.waitFor(async () => {
      const said = await say('/backup status shop');
      expect(said.text).toContain('dumping mysql shop on 127.0.0.1');
      return said;
    }, 20_000);
    await say('/backup cancel shop');
    await run;

    expect(reports).toMatchObject([
      {
        kind: 'details',
        run: {
          state: 'running',
          app: 'shop',
          words: 'run shop',
          askedBy: { id: 'console:ann' },
          progress: { steps: [{ step: 'starting', seconds: expect.any(Number) }, { step: 'dumping' }] },
        },
      },
    ]);
    expect(text).toMatch(/Backup of shop is running\n.*asked by console:ann/);
    expect(text).toMatch(/Cancel: \/backup cancel r_\w{8}$/);
  });

  it('tells all about it afterwards: steps, bytes, where the archive is, who asked, on which machine', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    const run = runIn((await say('/backup run shop')).reports);

    const { reports, text } = await say(`/backup status ${run.runId}`);

    expect(reports).toEqual([
      { kind: 'details', at: expect.any(String), run: { state: 'ended', report: run } },
    ]);
    expect(run).toMatchObject({
      attempt: 1,
      host: hostname(),
      words: 'run shop',
      askedAt: expect.any(String),
    });
    expect(run.steps?.map(({ step }) => step)).toEqual(['starting', 'files', 'storing']);
    expect(text).toContain(join(target.folder, run.archive?.key ?? ''));
    expect(text).toMatch(
      /step +began +took +read\n +starting .*\n +reading files .* 28 B\n +storing the end /,
    );
  });

  it('is not told to whoever may not ask about its app', async () => {
    const chat = memoryPlatform('slack');
    const access = [{ allow: ['status' as const], who: [ann.id], apps: ['blog'] }];
    const apps = [shop(), shop([disk('other')], 'blog')];
    const { say } = await startProduct(store(), { apps, access, platforms: [chat] });
    const run = runIn((await say('/backup run shop')).reports);

    await chat.type(`status ${run.runId}`, ann, 'C1');

    expect(chat.shown[0]?.message.report).toMatchObject({ kind: 'refused', verb: 'status', app: 'shop' });
  });
});

describe('the card of a run', () => {
  it('can be cancelled and asked about while it goes on, and no more when it is stored', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });

    const { frames } = await say('/backup run shop');

    const labels = frames.map(({ message }) => message.actions?.map(({ label }) => label) ?? []);
    expect(labels.at(-1)).toEqual([]);
    expect(labels.slice(0, -1)).toEqual(labels.slice(0, -1).map(() => ['Cancel', 'Details']));
  });
});

/** A destination that is a file where a folder should be. */
function brokenDisk(name: string) {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'I am no folder.');
  return disk(name, path);
}

function runIn(reports: readonly Report[]): RunReport {
  const run = reports.find((report) => report.kind === 'run');
  if (run === undefined) throw new Error(`No run was reported: ${JSON.stringify(reports)}`);
  return run;
}
