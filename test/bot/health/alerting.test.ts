import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type Alerting,
  muteAlerts,
  mutesNow,
  takeIn,
  unmuteAlerts,
} from '../../../src/bot/health/alerting.ts';
import { callRoll } from '../../../src/bot/health/roll-call.ts';
import type { HealthVerdict } from '../../../src/domain/health/verdict.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import { presenceKey } from '../../../src/domain/presence.ts';
import type { ReportOf } from '../../../src/domain/report.ts';
import { openQueue } from '../../../src/queue/bullmq.ts';
import { deliveriesTo, looks } from '../../../src/queue/contracts.ts';
import { openState } from '../../../src/state/registry.ts';
import { inHand } from '../../support/job-in-hand.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { embedded } from '../../support/stores.ts';

const store = openStoreForAll(embedded);

const wellVerdict: HealthVerdict = { app: 'shop', destination: 'disk', failures: [], undecided: [] };
const illVerdict: HealthVerdict = {
  ...wellVerdict,
  failures: [{ check: 'age', problem: 'The newest backup is two days old.', advice: 'Back it up now.' }],
};

/** Bots that share a state, with a clock that is set by hand. */
async function bots(reports: Alerting['channels'][number]['reports'] = ['health', 'recoveries']) {
  const corner = { ...store(), prefix: `alerts-${randomUUID()}` };
  const queue = openQueue(corner, { warn: () => {} });
  const state = openState(corner);
  onTestFinished(() => queue.close());
  let now = DateTime.utc(2026, 11, 22, 2, 15);
  const alerting: Alerting = {
    queue,
    state,
    channels: [{ to: 'test:ops', reports }],
    repeatEveryInHours: 24,
    clock: () => now,
  };

  return {
    alerting,
    later(hours: number) {
      now = now.plus({ hours });
      return now;
    },
    look: (verdict: HealthVerdict, id: string = randomUUID()) =>
      takeIn(inHand(id, { verdicts: [verdict] }), alerting),
    async told() {
      const waiting = await queue.unfinished(deliveriesTo({ platform: 'test' }));
      return waiting.map(({ data }) => (data.report as ReportOf<'alert'>).news);
    },
  };
}

describe('an alert', () => {
  it('is told when something begins to be wrong, after a day once more, and when it is right again', async () => {
    const { look, later, told } = await bots();

    await look(illVerdict);
    for (let hour = 0; hour < 24; hour += 6) {
      later(6);
      await look(illVerdict);
    }
    later(6);
    await look(wellVerdict);

    const news = await told();
    expect(
      news.map(({ started, reminded, resolved }) =>
        [started, reminded, resolved].map(({ length }) => length),
      ),
    ).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(news[2]?.resolved).toMatchObject([
      { app: 'shop', since: '2026-11-22T02:15:00.000Z', resolvedAt: '2026-11-23T08:15:00.000Z' },
    ]);
  });

  it('is told once when a bot that died in the middle of it is followed by another', async () => {
    const { alerting, look, told } = await bots();
    const dies = { ...alerting.state, remember: async () => Promise.reject(new Error('killed')) };

    const dying = takeIn(inHand('look-1', { verdicts: [illVerdict] }), { ...alerting, state: dies });
    await expect(dying).rejects.toThrow('killed');
    await look(illVerdict, 'look-1');

    expect(await told()).toHaveLength(1);
  });

  it('is told once when two bots take in the same thing at once', async () => {
    const { look, told } = await bots();

    await Promise.all([look(illVerdict), look(illVerdict), look(illVerdict)]);

    expect(await told()).toHaveLength(1);
  });

  it('goes only to those who asked for its kind', async () => {
    const { look, told } = await bots(['recoveries']);

    await look(illVerdict);
    await look(wellVerdict);

    expect(await told()).toMatchObject([{ started: [], resolved: [{ app: 'shop' }] }]);
  });

  it('that is over tells those who hear only of recoveries what of its app is still wrong', async () => {
    const { look, told } = await bots(['recoveries']);
    const [age] = illVerdict.failures;
    const storage = { check: 'storage', problem: 'They take too much.', advice: 'Clean.' } as const;

    await look({ ...illVerdict, failures: [...(age ? [age] : []), storage] });
    await look({ ...illVerdict, failures: [storage] });

    expect(await told()).toMatchObject([{ resolved: [{ check: 'age' }], remaining: [{ check: 'storage' }] }]);
  });

  it('is kept quiet while its app is muted, and told when that has ended', async () => {
    const { alerting, look, later, told } = await bots();
    const now = alerting.clock();
    const mute = { app: 'shop', until: toInstant(now.plus({ hours: 2 })), by: { id: 'test:me', groups: [] } };

    await muteAlerts(mute, alerting.state);
    await look(illVerdict);
    const whileMuted = await told();
    later(3);
    await look(illVerdict);

    expect(whileMuted).toEqual([]);
    expect(await told()).toMatchObject([{ started: [{ app: 'shop', check: 'age' }] }]);
  });

  it('is told again at once when its app is unmuted', async () => {
    const { alerting, look, told } = await bots();
    const now = alerting.clock();
    const until = toInstant(now.plus({ hours: 2 }));

    await muteAlerts({ app: 'shop', until, by: { id: 'test:me', groups: [] } }, alerting.state);
    const muted = await mutesNow(now, alerting.state);
    const was = await unmuteAlerts('shop', now, alerting.state);
    await look(illVerdict);

    expect([muted.map(({ app }) => app), was]).toEqual([['shop'], true]);
    expect(await told()).toHaveLength(1);
  });
});

describe('the roll call', () => {
  const apps = [{ name: 'shop', runsOn: 'web1', destinations: ['disk'] }];

  it('misses a worker group only once nobody was there for some minutes', async () => {
    const { alerting } = await bots();
    const call = (id: string, minute: number) =>
      callRoll(inHand(id, { every: 'group' as const }), { ...alerting, apps }, minute * 60_000);

    await alerting.state.remember(presenceKey('web1'), true, 60);
    await call('1', 0);
    await alerting.state.forget(presenceKey('web1'));
    await call('2', 5);
    await call('3', 10);

    const looked = await alerting.queue.unfinished(looks);
    expect(looked.map(({ data }) => data.verdicts.map(({ failures }) => failures.length))).toEqual([
      [0],
      [0],
      [1],
    ]);
  });
});
