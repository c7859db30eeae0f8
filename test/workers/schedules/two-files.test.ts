import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPinger } from '../../../src/ops/pinger.ts';
import { openQueue } from '../../../src/queue/bullmq.ts';
import { firingsOf, runsOf } from '../../../src/queue/contracts.ts';
import { HandedBack } from '../../../src/queue/queue.ts';
import { openState } from '../../../src/state/registry.ts';
import { handleQuestion, handleRun } from '../../../workers/handle-job.ts';
import { letGo } from '../../../workers/schedules/holders.ts';
import { putSchedules } from '../../../workers/schedules/put-schedules.ts';
import { seeToChore } from '../../../workers/schedules/see-to-chore.ts';
import { inHand } from '../../support/job-in-hand.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { shop } from '../../support/shop.ts';
import { embedded } from '../../support/stores.ts';

const store = openStoreForAll(embedded);
const nightly = { cron: '30 2 * * *', zone: 'Europe/Brussels' };
const evening = { cron: '0 22 * * *', zone: 'Europe/Brussels' };

/** Workers that share a queue and a state, each with a file of its own. */
function workers() {
  const corner = { ...store(), prefix: `files-${randomUUID()}` };
  const queue = openQueue(corner, { warn: () => {} });
  onTestFinished(() => queue.close());
  const state = openState(corner);

  return {
    keys: async (group = 'default') =>
      (await queue.schedules(firingsOf(group))).map(({ key, cron }) => `${key} ${cron}`).toSorted(),
    runs: () => queue.unfinished(runsOf('default')),
    start(since: string, apps: Readonly<Record<string, { cron: string; zone: string }>>, group = 'default') {
      const warned: string[] = [];
      const tools = {
        ...{ group, queue, state, redact: (text: string) => text, worker: { id: randomUUID(), since } },
        apps: new Map(
          Object.entries(apps).map(([name, run]) => [name, { ...shop(), name, chores: { run } }]),
        ),
        clock: () => DateTime.fromISO('2026-11-22T12:00:00Z', { zone: 'utc' }),
        log: {
          debug: () => {},
          info: () => {},
          warn: (said: string) => void warned.push(said),
          error: () => {},
        },
        stopping: new AbortController().signal,
        pinger: openPinger(() => {}),
      };
      const fire = (app: string) =>
        seeToChore(inHand(`repeat:run.${app}:1`, { app, chore: 'run', delayInSeconds: 0 }), tools);
      return { tools, warned, put: () => putSchedules(tools), fire };
    },
  };
}

const [first, second] = ['2026-11-22T10:00:00Z', '2026-11-22T11:00:00Z'];

describe('two workers of one group with files that differ', () => {
  it('leave each other’s apps alone, also the one that was started last, which says what it lacks', async () => {
    const { keys, start } = workers();
    const one = start(first, { shop: nightly, blog: nightly });
    const other = start(second, { shop: nightly });

    for (const each of [one, other, one, other]) await each.put();

    expect(await keys()).toEqual(['run.blog 30 2 * * *', 'run.shop 30 2 * * *']);
    expect(other.warned).toContainEqual(
      expect.stringMatching(/has blog in its configuration.* files of the two differ/),
    );
  });

  it('have the schedules of the one that was started last, and the other says so', async () => {
    const { keys, start } = workers();
    const forgotten = start(first, { shop: nightly });
    const current = start(second, { shop: evening });

    for (const each of [forgotten, current, forgotten, forgotten]) await each.put();

    expect(await keys()).toEqual(['run.shop 0 22 * * *']);
    expect(forgotten.warned.at(-1)).toMatch(
      /is not the newest: a worker that was started later has other schedules/,
    );
    expect(current.warned).toEqual([]);
  });

  it('leave what is due to the one that has the app', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    const { runs, start } = workers();
    const current = start(second, { shop: nightly, blog: nightly });
    const forgotten = start(first, { shop: nightly });
    await current.put();

    await expect(forgotten.fire('blog')).rejects.toThrow(HandedBack);
    await current.fire('blog');

    expect(await runs()).toHaveLength(1);
  });

  it.each(['run', 'question'])('leave a %s to the one that has its app', async (what) => {
    vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    const { start } = workers();
    await start(second, { shop: nightly, blog: nightly }).put();
    const { tools } = start(first, { shop: nightly });
    const asked = { askedBy: { id: 'console:me', groups: [] }, askedAt: first ?? '' };

    const work =
      what === 'run'
        ? handleRun(inHand('r_1', { command: { verb: 'run', app: 'blog', to: [] }, ...asked }), tools)
        : handleQuestion(
            inHand('q_1', { question: { about: 'health', apps: ['shop', 'blog'] }, ...asked }),
            tools,
          );

    await expect(work).rejects.toThrow(HandedBack);
  });

  it('take out an app that is in no file any more', async () => {
    const { keys, start } = workers();
    const before = start(first, { shop: nightly, blog: nightly });
    await before.put();
    await letGo(before.tools.apps.values(), before.tools);

    await start(second, { shop: nightly }).put();

    expect(await keys()).toEqual(['run.shop 30 2 * * *']);
  });
});

it('an app that moved to another group is the new one’s alone while the old one’s worker has the old file', async () => {
  const { keys, runs, start } = workers();
  const old = start(first, { shop: nightly, keep: nightly });
  const moved = start(second, { shop: nightly }, 'web1');
  await old.put();
  await moved.put();

  await old.fire('shop');
  await old.put();

  expect(await runs()).toEqual([]);
  expect(await keys()).toEqual(['run.keep 30 2 * * *']);
  expect(await keys('web1')).toEqual(['run.shop 30 2 * * *']);
  expect(old.warned).toContainEqual(expect.stringContaining('has it in group "web1", and not in "default"'));
});
