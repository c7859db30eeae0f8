import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pauseSchedule, resumeSchedule } from '../../../src/bot/schedule/change-schedule.ts';
import { scheduleOf } from '../../../src/bot/schedule/show-schedule.ts';
import type { Chore, Firing } from '../../../src/domain/firing.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import { openPinger } from '../../../src/ops/pinger.ts';
import { openQueue } from '../../../src/queue/bullmq.ts';
import {
  cleansOf,
  firingsOf,
  questionsOf,
  reports,
  runsOf,
  verifiesOf,
} from '../../../src/queue/contracts.ts';
import { openState } from '../../../src/state/registry.ts';
import type { App } from '../../../workers/app.ts';
import { putSchedules } from '../../../workers/schedules/put-schedules.ts';
import { runsDueOf } from '../../../workers/schedules/runs-due.ts';
import { seeToChore } from '../../../workers/schedules/see-to-chore.ts';
import { inHand } from '../../support/job-in-hand.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { shop } from '../../support/shop.ts';
import { embedded } from '../../support/stores.ts';

const store = openStoreForAll(embedded);
const nightly = { cron: '30 2 * * *', zone: 'Europe/Brussels' };
const me = { id: 'console:me', groups: [] };
const day = 24 * 3_600_000;

function worker(chores: App['chores'] = { run: nightly, clean: nightly, monitor: nightly }) {
  const corner = { ...store(), prefix: `chores-${randomUUID()}` };
  const queue = openQueue(corner, { warn: () => {} });
  onTestFinished(() => queue.close());
  let now = DateTime.fromISO('2026-11-22T02:30:02', { zone: 'Europe/Brussels' });
  const warned: string[] = [];
  const tools = {
    ...{ group: 'default', queue, state: openState(corner), redact: (text: string) => text },
    apps: new Map([['shop', { ...shop(), chores }]]),
    clock: () => now,
    log: { debug: () => {}, info: () => {}, warn: (said: string) => void warned.push(said), error: () => {} },
    stopping: new AbortController().signal,
    pinger: openPinger(() => {}),
  };

  return {
    tools,
    warned,
    at(iso: string) {
      now = DateTime.fromISO(iso, { zone: 'Europe/Brussels' });
    },
    fire(chore: Chore, id = `repeat:${chore}.shop:${now.toMillis()}`) {
      const firing: Firing = { app: 'shop', chore, delayInSeconds: 0 };
      return seeToChore(inHand(id, firing), tools);
    },
    runs: () => queue.unfinished(runsOf('default')),
    missed: async () =>
      (await queue.unfinished(reports))
        .map(({ data }) => data.report)
        .filter(({ kind }) => kind === 'missed'),
  };
}

describe('what is due by schedule', () => {
  it('is queued as if somebody had asked for it', async () => {
    const chores = { run: nightly, clean: nightly, monitor: nightly, verify: nightly };
    const { tools, fire, runs } = worker(chores);

    for (const chore of ['run', 'clean', 'monitor', 'verify'] as const) await fire(chore);

    expect(await runs()).toMatchObject([
      { data: { command: { verb: 'run', app: 'shop' }, askedBy: { id: 'schedule:shop' } } },
    ]);
    expect(await tools.queue.unfinished(cleansOf('default'))).toMatchObject([
      { data: { command: { verb: 'clean', app: 'shop', how: 'yes' } } },
    ]);
    expect(await tools.queue.unfinished(questionsOf('default'))).toMatchObject([
      { data: { question: { about: 'health', apps: ['shop'] } } },
    ]);
    expect(await tools.queue.unfinished(verifiesOf('default'))).toMatchObject([
      { data: { command: { verb: 'verify', app: 'shop', at: [], which: 'due' } } },
    ]);
  });

  it('is queued once, also when its firing is seen to twice or a run is unfinished', async () => {
    const { fire, runs, warned } = worker();

    await fire('run', 'repeat:run.shop:1');
    await fire('run', 'repeat:run.shop:1');
    await fire('run', 'repeat:run.shop:2');
    const [run, ...more] = await runs();

    expect(more).toEqual([]);
    expect(warned).toEqual([`The run of shop that is due is not queued: ${run?.id} has not ended yet.`]);
  });

  it('is done once late after an outage, and people hear which were missed', async () => {
    const { at, fire, runs, missed, warned } = worker();
    await fire('run');

    at('2026-11-25T11:00:00');
    await fire('run');

    expect(warned).toContainEqual(
      expect.stringMatching(/^The run of shop was missed, due at 2026-11-23T01:30/),
    );

    expect(await missed()).toMatchObject([
      {
        app: 'shop',
        chore: 'run',
        due: ['2026-11-23T01:30:00.000Z', '2026-11-24T01:30:00.000Z', '2026-11-25T01:30:00.000Z'],
      },
    ]);
    expect(await runs()).toHaveLength(1);
  });

  it('is not called missed when it begins in time', async () => {
    const { at, fire, missed } = worker();
    await fire('run');

    at('2026-11-23T02:30:04');
    await fire('run');

    expect(await missed()).toEqual([]);
  });

  it('is left out while paused, is not made up for, and goes on when resumed', async () => {
    const { tools, at, fire, runs, missed } = worker();
    await pauseSchedule({ app: 'shop', span: undefined }, me, tools.clock(), tools.state);

    await fire('run');
    const whilePaused = await runs();
    await resumeSchedule('shop', tools.clock(), tools.state);
    at('2026-11-23T02:30:04');
    await fire('run');

    expect(whilePaused).toEqual([]);
    expect(await missed()).toEqual([]);
    expect(await runs()).toHaveLength(1);
  });

  it('goes on by itself when the pause has ended', async () => {
    const { tools, at, fire, runs } = worker();
    await pauseSchedule({ app: 'shop', span: '2h' }, me, tools.clock(), tools.state);

    at('2026-11-22T04:31:00');
    await fire('run');

    expect(await runs()).toHaveLength(1);
  });
});

describe('a pause that has ended', () => {
  it('is not made up for, also when nobody was there before its end', async () => {
    const { tools, at, fire, runs, missed } = worker();
    await fire('run');
    for (const { id } of await runs()) await tools.queue.withdraw(runsOf('default'), id);
    await pauseSchedule({ app: 'shop', span: '30h' }, me, tools.clock(), tools.state);

    at('2026-11-23T20:00:00');
    await fire('run');
    const afterIt = await runs();
    at('2026-11-24T02:30:01');
    await fire('run');

    expect(afterIt).toEqual([]);
    expect(await runs()).toHaveLength(1);
    expect(await missed()).toEqual([]);
  });

  it('hides nothing that was due before or after it', async () => {
    const { tools, at, fire, missed } = worker();
    await fire('run');
    at('2026-11-23T12:00:00');
    await pauseSchedule({ app: 'shop', span: '1d' }, me, tools.clock(), tools.state);

    at('2026-11-26T12:00:00');
    await fire('run');

    expect(await missed()).toMatchObject([
      { due: ['2026-11-23T01:30:00.000Z', '2026-11-25T01:30:00.000Z', '2026-11-26T01:30:00.000Z'] },
    ]);
  });

  it('is no pause any more for whoever looks or resumes', async () => {
    const { tools, at } = worker();
    await pauseSchedule({ app: 'shop', span: '1h' }, me, tools.clock(), tools.state);
    at('2026-11-22T12:00:00');
    const known = [{ name: 'shop', runsOn: 'default', destinations: [] }];

    const shown = await scheduleOf(known, { ...tools, timezone: 'UTC' }, tools.clock());
    const { wasPaused } = await resumeSchedule('shop', tools.clock(), tools.state);

    expect(shown.apps[0]).not.toHaveProperty('paused');
    expect(wasPaused).toBe(false);
  });
});

describe('the runs that were due', () => {
  const twoToday = DateTime.fromISO('2026-11-22T02:30', { zone: 'Europe/Brussels' });
  const dueIn = async ({ tools }: ReturnType<typeof worker>, chores: App['chores']) => {
    const due = await runsDueOf({ name: 'shop', chores }, tools);
    return due?.(twoToday.minus({ days: 2 }), tools.clock(), 10).map(toInstant);
  };

  it('are those of the schedule that held, not of one that the configuration has had for a moment', async () => {
    const shopWorker = worker({ run: nightly });
    shopWorker.at('2026-11-21T12:00:00');
    await putSchedules(shopWorker.tools);
    shopWorker.at('2026-11-22T13:00:00');

    const due = await dueIn(shopWorker, { run: { ...nightly, cron: '0 12 * * *' } });

    expect(due).toEqual(['2026-11-22T01:30:00.000Z']);
  });

  it('are none that somebody paused', async () => {
    const shopWorker = worker({ run: nightly });
    const { tools } = shopWorker;
    shopWorker.at('2026-11-21T12:00:00');
    await pauseSchedule({ app: 'shop', span: '2d' }, me, tools.clock(), tools.state);
    shopWorker.at('2026-11-22T13:00:00');

    expect(await dueIn(shopWorker, { run: nightly })).toEqual(['2026-11-21T01:30:00.000Z']);
  });
});

describe('the schedules in the queue', () => {
  it('are those of the configuration: stale ones go, unchanged ones stay, several processes may put them', async () => {
    const { tools } = worker();
    await Promise.all([putSchedules(tools), putSchedules(tools)]);
    const before = await tools.queue.schedules(firingsOf('default'));
    const only = new Map([
      ['shop', { ...shop(), chores: { run: nightly, clean: { ...nightly, cron: '0 5 * * *' } } }],
    ]);

    await putSchedules({ ...tools, apps: only });

    const after = await tools.queue.schedules(firingsOf('default'));
    expect(before.map(({ key }) => key).sort()).toEqual(['clean.shop', 'monitor.shop', 'run.shop']);
    expect(after.map(({ key, cron }) => [key, cron]).sort()).toEqual([
      ['clean.shop', '0 5 * * *'],
      ['run.shop', nightly.cron],
    ]);
    expect(after.find(({ key }) => key === 'run.shop')).toEqual(before.find(({ key }) => key === 'run.shop'));
  });

  describe('that change over an outage', () => {
    const evening = { cron: '0 22 * * *', zone: 'Europe/Brussels' };

    /** Put by a worker that saw to `run` at half past two, and then nobody was there until eleven, a day or more later. */
    async function afterAnOutage(days = 1) {
      const shopWorker = worker({ run: nightly });
      await putSchedules(shopWorker.tools);
      await shopWorker.fire('run');
      for (const { id } of await shopWorker.runs())
        await shopWorker.tools.queue.withdraw(runsOf('default'), id);
      shopWorker.at(DateTime.fromISO('2026-11-22T11:00:00').plus({ days }).toISO() ?? '');
      const putNow = (chores: App['chores']) =>
        putSchedules({ ...shopWorker.tools, apps: new Map([['shop', { ...shop(), chores }]]) });
      return { ...shopWorker, putNow };
    }

    it.each([
      ['another time of day', evening],
      ['another zone', { ...nightly, zone: 'America/New_York' }],
      ['jitter', { ...nightly, delayInSeconds: 90 }],
    ])('to %s lose nothing that was due: it is done once, and told', async (_, schedule) => {
      const { putNow, runs, missed } = await afterAnOutage(2);

      await Promise.all([putNow({ run: schedule }), putNow({ run: schedule })]);
      await putNow({ run: schedule });

      expect(await runs()).toHaveLength(1);
      expect(await missed()).toMatchObject([
        { app: 'shop', chore: 'run', due: ['2026-11-23T01:30:00.000Z', '2026-11-24T01:30:00.000Z'] },
      ]);
    });

    it('are done once, also when the worker takes the firing that was due at the same time', async () => {
      const { putNow, fire, runs, missed } = await afterAnOutage();
      const due = DateTime.fromISO('2026-11-23T02:30', { zone: 'Europe/Brussels' });

      await Promise.all([putNow({ run: evening }), fire('run', `repeat:run.shop:${due.toMillis()}`)]);

      expect(await runs()).toHaveLength(1);
      expect(await missed()).toHaveLength(1);
    });

    it('are made up for when the queue has lost the schedule itself', async () => {
      const { tools, putNow, runs } = await afterAnOutage();
      await tools.queue.unschedule(firingsOf('default'), 'run.shop');

      await putNow({ run: nightly });

      expect(await runs()).toHaveLength(1);
    });

    it('are made up for as an earlier version has left them: with the instant alone of what was seen to', async () => {
      const { tools, putNow, missed } = await afterAnOutage();
      await tools.state.remember('seen-to.run.shop', '2026-11-22T01:30:02.000Z', 60);

      await putNow({ run: evening });

      expect(await missed()).toMatchObject([{ due: ['2026-11-23T01:30:00.000Z'] }]);
    });

    it('are made up for when an earlier version has put them, and nobody was there for the first time', async () => {
      const { tools, missed } = await afterAnOutage();
      await tools.state.forget('seen-to.run.shop');
      const [inQueue] = await tools.queue.schedules(firingsOf('default'));
      const clock = () => DateTime.fromJSDate(inQueue?.nextAt ?? new Date(0)).plus({ hours: 2 });

      await putSchedules({
        ...{ ...tools, clock },
        apps: new Map([['shop', { ...shop(), chores: { run: evening } }]]),
      });

      expect(await missed()).toMatchObject([{ due: [inQueue?.nextAt?.toISOString()] }]);
    });

    it('owe nothing once a run is no longer wanted, nor when it is wanted again', async () => {
      const { at, putNow, runs, missed } = await afterAnOutage();

      await putNow({});
      at('2027-01-24T11:00:00');
      await putNow({ run: nightly });

      expect(await runs()).toEqual([]);
      expect(await missed()).toEqual([]);
    });

    it('owe nothing while somebody has paused them', async () => {
      const { tools, putNow, runs, missed } = await afterAnOutage();
      await pauseSchedule({ app: 'shop', span: undefined }, me, tools.clock(), tools.state);

      await putNow({ run: evening });

      expect(await runs()).toEqual([]);
      expect(await missed()).toEqual([]);
    });

    it('owe nothing by the new time that was not due yet', async () => {
      const { at, fire, putNow, runs, missed } = await afterAnOutage(0);

      await putNow({ run: evening });
      const before = await runs();
      at('2026-11-22T22:00:01');
      await fire('run');

      expect(before).toEqual([]);
      expect(await missed()).toEqual([]);
    });
  });

  it('come when they are due again after a clock that was ahead by a year has been put right', async () => {
    const { tools } = worker({ run: nightly });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * day });
    await putSchedules(tools);
    vi.useRealTimers();

    await putSchedules(tools);

    const [run] = await tools.queue.schedules(firingsOf('default'));
    expect(Number(run?.nextAt) - Date.now()).toBeLessThan(2 * day);
  });
});
