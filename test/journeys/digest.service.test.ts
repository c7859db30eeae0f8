import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { DateTime } from 'luxon';
import { describe, expect, it, vi } from 'vitest';
import { scheduleDigests } from '../../src/bot/digest/schedule-digests.ts';
import type { Message } from '../../src/chat/message.ts';
import { presenceKey } from '../../src/domain/presence.ts';
import type { ReportOf } from '../../src/domain/report.ts';
import { digests } from '../../src/queue/contracts.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis, type StorePlace } from '../support/stores.ts';

let place: StorePlace;
const store = openStoreForAll(async () => {
  place = await onRedis();
  return place;
});

const daily = { to: 'slack:C1', cron: '0 8 * * *', zone: 'Europe/Brussels', picture: true };
const eight = (day: string) => DateTime.fromISO(`2026-11-${day}T08:00:10`, { zone: 'Europe/Brussels' });
const fire = (queue: Queue) =>
  queue.add(digests, { id: randomUUID(), data: { step: 'begin', place: daily.to } });

/** Until nothing of any digest is left to do. */
async function settled(queue: Queue): Promise<void> {
  await vi.waitFor(async () => expect(await queue.unfinished(digests)).toEqual([]), 30_000);
}

function digestIn(message: Message | undefined): ReportOf<'digest'> {
  if (message?.report?.kind !== 'digest') throw new Error('That was no digest.');
  return message.report;
}

describe('/backup digest', () => {
  it('tells whoever asks how every app is, those that are not well first', async () => {
    const away = disk('away');
    const apps = [shop([disk('disk')]), shop([away], 'blog')];
    const { say } = await startProduct(store(), { apps });
    await say('/backup run shop');
    await say('/backup run blog');
    rmSync(away.folder, { recursive: true });

    const { reports, text } = await say('/backup digest');

    expect(reports).toMatchObject([
      {
        kind: 'digest',
        late: false,
        totals: { apps: 2, unwell: 1, unknown: 0, runs: 2, failures: 0 },
        apps: [
          { app: 'blog', state: 'unwell' },
          { app: 'shop', state: 'well', runs: 1, places: [{ destination: 'disk', reachable: true }] },
        ],
      },
    ]);
    expect(text).toContain('1 of 2 apps is not well: blog');
  });

  it('speaks only of apps that the asker may ask it for, and to nobody else', async () => {
    const chat = memoryPlatform('slack');
    const ann = { id: 'slack:T1/U1', groups: [] };
    const access = [{ allow: ['digest' as const], who: [ann.id], apps: ['shop'] }];
    await startProduct(store(), {
      apps: [shop(), shop([disk('disk')], 'secret')],
      access,
      platforms: [chat],
    });

    await chat.type('digest', ann, 'C1');
    const { message, place } = await chat.see(() => true);

    expect(place).toBe('slack:C1');
    expect(digestIn(message).totals.apps).toBe(1);
    expect(JSON.stringify(message)).not.toContain('secret');
  });

  it('does not wait for worker groups that have nobody', async () => {
    const apps = [shop(), { ...shop([disk('disk')], 'blog'), runsOn: 'web1' }];
    const { say } = await startProduct(store(), { apps });
    await say('/backup run shop');

    const { reports } = await say('/backup digest');

    expect(reports).toMatchObject([{ totals: { unknown: 1 }, silent: [{ group: 'web1', apps: ['blog'] }] }]);
  });
});

describe('a digest by the clock', () => {
  it('is told once, however many bots there are and however often it is asked for', async () => {
    const corner = randomUUID();
    const chats = [memoryPlatform('slack'), memoryPlatform('slack')];
    const setup = { apps: [shop()], digests: [daily], corner, clock: () => eight('23') };
    const first = await startProduct(store(), { ...setup, platforms: chats.slice(0, 1) });
    const second = await startProduct(store(), { ...setup, groups: [], platforms: chats.slice(1) });

    await Promise.all([first, second, first, second].map(({ queue }) => fire(queue)));
    await Promise.race(chats.map((chat) => chat.see(() => true)));
    await settled(first.queue);
    await fire(second.queue);
    await settled(first.queue);

    const shown = chats.flatMap((chat) => chat.shown);
    expect(shown).toHaveLength(1);
    expect(digestIn(shown[0]?.message)).toMatchObject({ late: false, dueAt: '2026-11-23T07:00:00.000Z' });
  });

  it('goes on from where the last one ended, and tells what has changed since', async () => {
    const corner = randomUUID();
    const chat = memoryPlatform('slack');
    let now = eight('23');
    const { queue, say } = await startProduct(store(), {
      apps: [shop()],
      digests: [daily],
      corner,
      platforms: [chat],
      clock: () => now,
    });
    await fire(queue);
    await chat.see(() => true);
    await settled(queue);

    now = eight('24').minus({ hours: 3 });
    await say('/backup run shop');
    now = eight('24');
    await fire(queue);
    const { message } = await chat.see(
      ({ message }) => digestIn(message).from !== digestIn(chat.shown[0]?.message).from,
    );

    const digest = digestIn(message);
    expect(digest).toMatchObject({
      from: digestIn(chat.shown[0]?.message).to,
      totals: { runs: 1, unwell: 0 },
    });
    expect(digest.totals.changeInBytes ?? digest.totals.storageInBytes).toBe(digest.totals.storageInBytes);
    expect(digest.totals.storageInBytes).toBeGreaterThan(0);
    expect(digest.picture?.rows).toMatchObject([
      { label: 'shop', storageInBytes: digest.totals.storageInBytes, limitInBytes: 5_000 * 1024 ** 2 },
    ]);
    expect(digest.picture?.rows[0]?.sizes.at(-1)).toBe(digest.totals.storedInBytes);
  });

  it('comes late after an outage, says so, and comes once for all that were missed', async () => {
    const corner = randomUUID();
    const chat = memoryPlatform('slack');
    let now = eight('23');
    const setup = { apps: [shop()], digests: [daily], corner, clock: () => now };
    const { queue } = await startProduct(store(), { ...setup, platforms: [chat] });
    await fire(queue);
    await chat.see(() => true);
    await settled(queue);

    now = eight('26').plus({ hours: 2 });
    await startProduct(store(), { ...setup, groups: [] });
    const { message } = await chat.see(({ message }) => digestIn(message).late);
    await settled(queue);

    expect(digestIn(message)).toMatchObject({
      dueAt: '2026-11-26T07:00:00.000Z',
      from: digestIn(chat.shown[0]?.message).to,
    });
    expect(chat.shown).toHaveLength(2);
  });

  it('says which group was asked and did not answer', async () => {
    const chat = memoryPlatform('slack');
    const corner = randomUUID();
    const apps = [shop(), { ...shop([disk('disk')], 'blog'), runsOn: 'web1' }];
    const setup = { apps, digests: [daily], corner, platforms: [chat], clock: () => eight('23') };
    const { queue, state } = await startProduct(store(), { ...setup, digestPatienceInMs: 500 });
    await state.remember(presenceKey('web1'), 'alive, and deaf', 600);

    await fire(queue);
    const { message } = await chat.see(() => true);

    expect(digestIn(message)).toMatchObject({
      totals: { apps: 2, unknown: 1 },
      silent: [{ group: 'web1', apps: ['blog'] }],
    });
  });

  it('is told by another bot when the one that began it is killed', async () => {
    const corner = randomUUID();
    const chat = memoryPlatform('slack');
    const setup = { apps: [shop()], digests: [daily], corner, clock: () => eight('23') };
    const { options } = place;
    const told = JSON.stringify({ options, corner, digest: daily, now: eight('23').toISO() });
    const program = fileURLToPath(new URL('dying-bot.ts', import.meta.url));
    const died = await execa(process.execPath, ['--import', 'tsx', program, told], { reject: false });

    const { queue } = await startProduct(store(), { ...setup, platforms: [chat] });
    const { message } = await chat.see(() => true);
    await settled(queue);

    expect(died.signal).toBe('SIGKILL');
    expect(digestIn(message)).toMatchObject({ totals: { apps: 1 }, silent: [] });
    expect(chat.shown).toHaveLength(1);
  });
});

describe('the schedules of digests', () => {
  it('are put in when a bot starts, stale ones are taken out, and what is unchanged is left alone', async () => {
    const setup = { apps: [shop()], groups: [], clock: () => eight('23') };
    const stale = { ...daily, to: 'slack:OLD' };
    const product = await startProduct(store(), { ...setup, digests: [daily, stale] });
    const { queue, state } = product;
    await vi.waitFor(async () => expect(await queue.schedules(digests)).toHaveLength(2), 10_000);

    const put: string[] = [];
    const watched: Queue = {
      ...queue,
      schedule: (topic, key, schedule) => {
        put.push(key);
        return queue.schedule(topic, key, schedule);
      },
    };
    const changed = { to: 'telegram:-100', cron: '30 7 * * 1', zone: 'Asia/Tokyo', picture: false };
    const tools = { ...setup, apps: [], timezone: 'UTC', queue: watched, state };
    await scheduleDigests({ ...tools, digests: [daily, changed] });
    await scheduleDigests({ ...tools, digests: [daily, { ...changed, zone: 'UTC' }] });

    expect(put).toEqual(['telegram.-100', 'telegram.-100']);
    expect(await queue.schedules(digests)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ key: 'slack.C1', cron: daily.cron, zone: daily.zone }),
        expect.objectContaining({ key: 'telegram.-100', cron: '30 7 * * 1', zone: 'UTC' }),
      ]),
    );
    expect(await queue.schedules(digests)).toHaveLength(2);
  });
});
