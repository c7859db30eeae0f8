import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reports } from '../../src/queue/contracts.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(onRedis);
const ann = { id: 'slack:T1/U1', groups: [] };
const access = [{ allow: ['all' as const], who: [ann.id], where: ['slack:C1'] }];

describe('the answer to a refused request', () => {
  const stranger = { id: 'slack:T1/U9', groups: [] };

  it('names who may and who could allow it; nothing is queued, and the request is written down', async () => {
    const chat = memoryPlatform('slack');
    const target = disk('disk');
    const { audited, logged, say } = await startProduct(store(), {
      apps: [shop([target])],
      platforms: [chat],
      access,
    });

    await chat.type('run shop', stranger, 'C1');

    const [refusal, ...more] = chat.shown;
    const status = await say('/backup status');
    const entry = {
      at: expect.any(String),
      who: stranger.id,
      where: 'slack:C1',
      words: 'run shop',
      decision: 'refused',
    };
    expect(more).toEqual([]);
    expect(refusal?.message.report).toEqual({
      kind: 'refused',
      who: stranger,
      where: 'slack:C1',
      verb: 'run',
      app: 'shop',
      grantors: [ann.id],
    });
    expect(status.reports).toMatchObject([{ unfinished: [], apps: [{ app: 'shop' }] }]);
    expect(await target.list('shop')).toEqual([]);
    expect(await audited()).toContainEqual(entry);
    expect(logged.map(({ facts }) => facts)).toContainEqual({ audit: entry });
  });

  it.each([
    [{ deny: ['run' as const], who: ['slack:group:S1'] }, ann],
    [
      { allow: ['run' as const], who: ['slack:group:S1'] },
      { id: 'slack:T1/U2', groups: [] },
    ],
  ])('says which group nobody knows just now, where that decides it: %j', async (rule, who) => {
    const chat = memoryPlatform('slack');
    const { say } = await startProduct(store(), {
      apps: [shop()],
      platforms: [chat],
      access: [...access, rule],
    });

    await chat.type('run shop', who, 'C1', { standing: { unknown: ['slack:group:'] } });

    const [refusal] = chat.shown;
    expect(JSON.stringify(refusal?.message)).toContain('Slack did not say who is in slack:group:S1');
    expect((await say('/backup status')).reports).toMatchObject([{ unfinished: [] }]);
  });

  it('is the same for everybody while there is no rule at all', async () => {
    const chat = memoryPlatform('slack');
    await startProduct(store(), { apps: [shop()], platforms: [chat] });

    for (const words of ['run shop', 'list', 'status', 'run nothing-like-it'])
      await chat.type(words, ann, 'C1');

    expect(chat.shown.map(({ message }) => message.report?.kind)).toEqual(Array(4).fill('refused'));
  });
});

describe('the result of a run', () => {
  it('is the last form of the card, and is written down with the run it came from', async () => {
    const chat = memoryPlatform('slack');
    const { audited } = await startProduct(store(), { apps: [shop()], platforms: [chat], access });

    await chat.type('run shop', ann, 'C1');
    const { message } = await chat.see(({ message }) => message.report?.kind === 'run');

    const run = message.report;
    expect(chat.shown.map(({ how, id }) => `${how} ${id}`)).toEqual([
      'posted 1',
      ...chat.shown.slice(1).map(() => 'edited 1'),
    ]);
    expect(run).toMatchObject({ outcome: 'stored', askedBy: { id: ann.id } });
    expect(await audited()).toMatchObject([
      { decision: 'allowed', who: ann.id, runId: run?.kind === 'run' && run.runId },
    ]);
  });

  it('goes to the channels that want failures, too, when it is one', async () => {
    const chat = memoryPlatform('slack');
    const channels = [
      { to: 'slack:OPS', reports: ['failures' as const] },
      { to: 'slack:ALL', reports: ['successes' as const] },
    ];
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'I am no folder.');
    const apps = [shop([disk('bad', path)]), shop([disk('disk')], 'blog')];
    const { say } = await startProduct(store(), { apps, channels, platforms: [chat] });

    await say('/backup run shop');
    await say('/backup run blog');
    await chat.see(({ place }) => place === 'slack:ALL');
    await chat.see(({ place }) => place === 'slack:OPS');

    expect(chat.shown.map(({ place, message }) => [place, message.tone])).toEqual(
      expect.arrayContaining([
        ['slack:OPS', 'bad'],
        ['slack:ALL', 'good'],
      ]),
    );
    expect(chat.shown).toHaveLength(2);
  });

  it('waits for a platform that takes nothing, and is told once it does', async () => {
    const chat = memoryPlatform('slack');
    const channels = [{ to: 'slack:ALL', reports: ['successes' as const] }];
    const { say } = await startProduct(store(), { apps: [shop()], channels, platforms: [chat] });
    chat.refuse(true);

    const { reports: told } = await say('/backup run shop');
    await chat.refused;
    chat.refuse(false);
    const { message } = await chat.see(({ place }) => place === 'slack:ALL');

    expect(told.at(-1)).toMatchObject({ kind: 'run', outcome: 'stored' });
    expect(message.report).toEqual(told.at(-1));
  });

  it('is told once, though its report comes again', async () => {
    const chat = memoryPlatform('slack');
    const { queue } = await startProduct(store(), { apps: [shop()], platforms: [chat], access });
    await chat.type('run shop', ann, 'C1');
    const { message } = await chat.see(({ message }) => message.report?.kind === 'run');
    const report = message.report;
    if (report?.kind !== 'run') throw new Error('The run was not reported.');

    const again = { jobId: report.runId, report, replyTo: { platform: 'slack', place: 'C1' } };
    await queue.add(reports, { id: 'again', data: again });
    await queue.add(reports, { id: 'next', data: { ...again, jobId: 'r_next' } });
    await chat.see(({ message }) => message.concludes === 'r_next');

    const lastWords = chat.shown.filter(({ message }) => message.concludes === report.runId);
    expect(lastWords).toHaveLength(1);
  });
});
