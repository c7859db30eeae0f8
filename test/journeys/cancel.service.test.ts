import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { exitCodeOf } from '../../src/domain/exit-code.ts';
import { presenceKey } from '../../src/domain/presence.ts';
import type { Report, ReportOf, RunReport } from '../../src/domain/report.ts';
import { runKey } from '../../src/domain/run-memory.ts';
import { runsOf } from '../../src/queue/contracts.ts';
import { take } from '../queue/working.ts';
import { hangingDumper } from '../support/hanging-dumper.ts';
import { held } from '../support/held-destination.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);
const bob = { id: 'console:bob' };

describe('/backup cancel', () => {
  it('takes a run that waits out of the queue, and both who asked for it and who cancelled are told', async () => {
    const { target, worker, elsewhere } = await twoProcesses();
    const inHand = worker.say('/backup run blog');
    await target.reached;
    const waiting = worker.say('/backup run shop', 'console:ann');
    const runId = await runIdOf('shop', elsewhere);

    const cancelled = await elsewhere.say(`/backup cancel ${runId}`, bob.id);
    const { reports, text } = await waiting;
    const again = worker.say('/backup run shop');
    target.letGo();

    expect(cancelled.reports).toMatchObject([
      { kind: 'cancel', runId, app: 'shop', became: 'cancelled', by: bob },
    ]);
    expect(reports.at(-1)).toMatchObject({ kind: 'run', runId, outcome: 'cancelled', cancelledBy: bob });
    expect(text).toContain('Backup of shop was cancelled by console:bob: nothing was stored');
    expect(runIn((await again).reports)).toMatchObject({ outcome: 'stored' });
    expect(runIn((await inHand).reports)).toMatchObject({ outcome: 'stored', app: 'blog' });
  });

  it('ends a dump that is in hand at a worker of another process, and leaves nothing', async () => {
    const dumper = hangingDumper();
    const target = disk('disk');
    const chat = memoryPlatform('slack');
    const corner = randomUUID();
    const setup = { apps: [{ ...shop([target]), dumpers: [dumper] }], corner };
    const channels = [{ to: 'slack:ALL', reports: ['failures' as const, 'successes' as const] }];
    const worker = await startProduct(store(), setup);
    const elsewhere = await startProduct(store(), { ...setup, groups: [], channels, platforms: [chat] });
    const run = worker.say('/backup run shop');
    await dumper.reached;

    const cancelled = await elsewhere.say('/backup cancel shop', bob.id);
    const { reports } = await run;

    expect(cancelled.text).toMatch(/The backup of shop is cancelled: nothing was stored, r_/);
    expect(runIn(reports)).toMatchObject({ outcome: 'cancelled', cancelledBy: bob, destinations: [] });
    expect(dumper.hasEnded()).toBe(true);
    expect(filesIn(target.folder)).toEqual([]);
    expect(chat.shown).toEqual([]);
  });

  it('takes the archive away again from where it was already whole', async () => {
    const quick = disk('quick');
    const slow = held(disk('slow'));
    const { say } = await startProduct(store(), { apps: [shop([quick, slow])] });
    const run = say('/backup run shop');
    await slow.reached;
    await vi.waitFor(() => expect(filesIn(quick.folder)).toEqual([expect.stringMatching(/\.zip$/)]), 20_000);

    await say('/backup cancel shop');

    expect(runIn((await run).reports)).toMatchObject({ outcome: 'cancelled', warnings: [] });
    expect(filesIn(quick.folder)).toEqual([]);
  });

  it('says so when the run finished before, and changes nothing', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    const { runId } = runIn((await say('/backup run shop')).reports);

    const { reports, text } = await say(`/backup cancel ${runId}`);

    expect(reports).toMatchObject([{ kind: 'cancel', runId, became: 'too-late', outcome: 'stored' }]);
    expect(text).toContain('finished just now, before it could be cancelled: it is stored');
    expect(reports.map(exitCodeOf)).toEqual([1]);
    expect(await target.list('shop')).toHaveLength(1);
  });

  it('is answered, too, when the run is told at the very moment it is asked', async () => {
    const { queue, say, state } = await startProduct(store(), { apps: [shop()], groups: [] });
    const ended = endedRun('r_ending');
    await state.remember(presenceKey('default'), {}, 600);
    const job = { askedBy: ended.askedBy, askedAt: ended.startedAt };
    await queue.add(runsOf('default'), {
      id: ended.runId,
      data: { command: { verb: 'run', app: 'shop', to: [] }, ...job },
    });

    let reports: readonly Report[] = [];
    await take(queue, runsOf('default'), 1, async () => {
      await state.remember(runKey(ended.runId), ended, 60);
      ({ reports } = await say('/backup cancel r_ending'));
    });

    expect(reports).toMatchObject([{ kind: 'cancel', runId: 'r_ending', became: 'too-late' }]);
  });

  it('names the unfinished runs when there is none of that name, and what was likely meant', async () => {
    const target = held(disk('disk'));
    const product = await startProduct(store(), { apps: [shop([target])] });
    const run = product.say('/backup run shop');
    await target.reached;
    const runId = await runIdOf('shop', product);

    const { reports } = await product.say(`/backup cancel ${runId}x`);
    target.letGo();
    await run;

    expect(reports).toMatchObject([
      {
        kind: 'not-understood',
        problem: `There is no run called "${runId}x"; there is only ${runId}.`,
        didYouMean: [`cancel ${runId}`],
      },
    ]);
  });

  it('is refused to whoever may not cancel runs of that app, and the run goes on', async () => {
    const target = held(disk('disk'));
    const chat = memoryPlatform('slack');
    const access = [{ allow: ['run' as const, 'cancel' as const], who: ['slack:T1/U1'], apps: ['blog'] }];
    const apps = [shop([target]), shop([disk('other')], 'blog')];
    const product = await startProduct(store(), { apps, access, platforms: [chat] });
    const run = product.say('/backup run shop');
    await target.reached;

    await chat.type(`cancel ${await runIdOf('shop', product)}`, { id: 'slack:T1/U1', groups: [] }, 'C1');
    target.letGo();

    expect(chat.shown.map(({ message }) => message.report)).toMatchObject([
      { kind: 'refused', verb: 'cancel', app: 'shop' },
    ]);
    expect(runIn((await run).reports)).toMatchObject({ outcome: 'stored' });
  });

  it('is written down with who asked for it', async () => {
    const { target, worker, elsewhere } = await twoProcesses();
    const run = worker.say('/backup run blog');
    await target.reached;

    await elsewhere.say('/backup cancel blog', bob.id);

    const { runId } = runIn((await run).reports);
    expect(await elsewhere.audited()).toContainEqual(
      expect.objectContaining({ who: bob.id, understood: `cancel ${runId}`, runId, decision: 'allowed' }),
    );
  });

  it('needs no live worker for a run that waits', async () => {
    const product = await startProduct(store(), { apps: [shop()], groups: [] });
    const run = product.say('/backup run shop');
    await runIdOf('shop', product);

    const { reports } = await product.say('/backup cancel shop');

    expect(reports).toMatchObject([{ kind: 'cancel', became: 'cancelled' }]);
    expect(runIn((await run).reports)).toMatchObject({ outcome: 'cancelled' });
  });

  it('tells everybody who asked for it first', async () => {
    const target = held(disk('disk'));
    const product = await startProduct(store(), { apps: [shop([target])] });
    const run = product.say('/backup run shop');
    await target.reached;
    const runId = await runIdOf('shop', product);

    const answers = await Promise.all(
      ['console:ann', 'console:bob', 'console:eve'].map((who) => product.say(`/backup cancel ${runId}`, who)),
    );

    const told = answers.flatMap(({ reports }) => reports) as ReportOf<'cancel'>[];
    const { cancelledBy } = runIn((await run).reports);
    expect(told.map(({ by }) => by)).toEqual([cancelledBy, cancelledBy, cancelledBy]);
  });
});

describe('a run that takes longer than its app allows', () => {
  it('is ended, told as a failure with what to do, and leaves nothing', async () => {
    const target = disk('disk');
    const app = { ...shop([target]), dumpers: [hangingDumper()], maxDurationInMs: 1000 };
    const { say } = await startProduct(store(), { apps: [app] });

    const { reports } = await say('/backup run shop');

    expect(runIn(reports)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/took longer than 1\.0 s\. .* apps\.shop\.maxDuration\.$/),
    });
    expect(filesIn(target.folder)).toEqual([]);
  });
});

describe('a run whose database falls silent', () => {
  it('is ended, told as a failure that names the database, and leaves nothing', async () => {
    const target = disk('disk');
    const dumper = hangingDumper();
    const app = { ...shop([target]), dumpers: [dumper], stallTimeoutInMs: 300 };
    const { say } = await startProduct(store(), { apps: [app] });

    const { reports } = await say('/backup run shop');

    expect(runIn(reports)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^mysql shop on 127\.0\.0\.1 gave no byte for 0\.3 s/),
    });
    expect(dumper.hasEnded()).toBe(true);
    expect(filesIn(target.folder)).toEqual([]);
  });
});

describe('a worker that is told to stop with a run in hand', () => {
  it('hands it back after its grace, and the next one does it under the same name', async () => {
    const target = held(disk('disk'));
    const corner = randomUUID();
    const apps = [shop([target])];
    const bot = await startProduct(store(), { apps, corner, groups: [] });
    const host = await startProduct(store(), { apps, corner, groups: [], shutdownGrace: 0 });
    const first = await host.hire('default');
    const run = bot.say('/backup run shop');
    await target.reached;

    await first.close();
    target.letGo();
    await host.hire('default');

    expect(runIn((await run).reports)).toMatchObject({ outcome: 'stored', attempt: 2 });
    expect(await target.list('shop')).toHaveLength(1);
  });
});

/** Its report is told, while its job is still in hand for a moment. */
function endedRun(runId: string): RunReport {
  const at = '2026-11-22T03:15:00.000Z';
  return {
    ...{ kind: 'run', runId, app: 'shop', backup: 'full', outcome: 'stored' },
    ...{ askedBy: { id: 'console:me', groups: [] }, startedAt: at, finishedAt: at },
    ...{ destinations: [], dumps: [], warnings: [] },
  };
}

/** A worker with its bot, busy with `blog` at a held destination, and a bot elsewhere on the same queue. */
async function twoProcesses() {
  const target = held(disk('held'));
  const apps = [shop([target], 'blog'), shop([disk('disk')])];
  const corner = randomUUID();
  const worker = await startProduct(store(), { apps, corner });
  const elsewhere = await startProduct(store(), { apps, corner, groups: [] });
  return { target, worker, elsewhere };
}

/** Of the unfinished run, once it is in the queue. */
async function runIdOf(app: string, { say }: TestProduct): Promise<string> {
  return vi.waitFor(async () => {
    const [status] = (await say('/backup status')).reports as ReportOf<'status'>[];
    const run = status?.unfinished.find((run) => run.app === app);
    if (run === undefined) throw new Error(`No run of ${app} is in the queue.`);
    return run.runId;
  }, 20_000);
}

function runIn(reports: readonly Report[]): RunReport {
  const run = reports.find((report) => report.kind === 'run');
  if (run === undefined) throw new Error(`No run was reported: ${JSON.stringify(reports)}`);
  return run;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
