import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../../support/open-store.ts';
import { freePort } from '../../support/services/port.ts';
import { onRedis } from '../../support/stores.ts';
import { botApiForTest } from '../../support/telegram/bot-for-test.ts';
import { newNotes } from '../../support/telegram/new-notes.ts';
import { talker } from '../../support/telegram/people.ts';
import { saying, telegramOn } from '../../support/telegram/platform.ts';

const store = openStoreForAll(onRedis);
const group = -100;

/** A bot in a group, with Ann in it. */
async function inAGroup(setup: Partial<Parameters<typeof telegramOn>[1]> = {}) {
  const api = await botApiForTest();
  api.addGroup(group, [{ user: talker(api, 88, 'Bob').person, status: 'administrator' }], { is_forum: true });
  const telegram = telegramOn(api, { notes: newNotes(store()), ...setup });
  await telegram.start();
  return { api, ann: talker(api, 77, 'Ann'), bob: talker(api, 88, 'Bob'), ...telegram };
}

describe('who asks, and where', () => {
  it('is a number, whatever somebody calls themselves; a topic is kept', async () => {
    const { ann, asked, platform, api } = await inAGroup();

    ann.says('/backup@holdfast_bot list', { in: group, thread: 9 });
    const { from, where } = await asked('list');
    await platform.post(where, saying('Here.'));

    expect(from).toEqual({ id: 'telegram:77', name: 'Ann', groups: [] });
    expect(where).toEqual({ platform: 'telegram', place: '-100', thread: '9' });
    expect(api.messages.all()).toMatchObject([{ chat: group, thread: 9, text: 'Here.' }]);
  });

  it('includes whether they administrate the group, asked of Telegram now and then only', async () => {
    const { api, ann, bob, asked } = await inAGroup();

    bob.says('/backup@holdfast_bot list', { in: group });
    ann.says('/backup@holdfast_bot status', { in: group });

    expect((await asked('list')).from.groups).toEqual(['telegram:admins:-100']);
    expect((await asked('status')).from.groups).toEqual([]);
    expect(api.callsOf('getChatAdministrators')).toHaveLength(1);
  });

  it('is an administrator nobody knows of while Telegram does not say who administrates', async () => {
    const { api, bob, asked } = await inAGroup();
    api.break({ method: 'getChatAdministrators', times: 1, code: 500 });

    bob.says('/backup@holdfast_bot list', { in: group });

    expect(await asked('list')).toMatchObject({
      from: { id: 'telegram:88', groups: [] },
      standing: { unknown: ['telegram:admins:-100'] },
    });
  });

  it.each([
    ['an anonymous administrator', { asChat: group }, 'Speak as yourself'],
    ['a channel', { asChat: -200 }, 'Speak as yourself'],
    ['somebody whose words were forwarded', { forwarded: true }, 'A forwarded message'],
    ['somebody who changed a message', { edited: true }, 'A message that was changed'],
    ['a bot that speaks for somebody', { facts: { sender_business_bot: { id: 9 } } }, 'made by another bot'],
    ['another bot', { facts: { via_bot: { id: 9 } } }, 'made by another bot'],
    ['a bot', { facts: { from: { id: 9, is_bot: true, first_name: 'B' } } }, 'made by another bot'],
    ['Telegram itself', { facts: { is_from_offline: true } }, 'Telegram sent by itself'],
  ])('is never %s, who is told so', async (_, manner, reason) => {
    const { api, ann, asks } = await inAGroup();

    ann.says('/backup@holdfast_bot run shop', { in: group, ...manner });
    const told = await api.see(({ text }) => text.includes('Nothing was done'));

    expect(told.text).toContain(reason);
    expect(asks).toEqual([]);
  });
});

describe('an update', () => {
  it('that comes again is done once, also in another process', async () => {
    const notes = newNotes(store());
    const { api, ann, asks, asked } = await inAGroup({ notes });
    const update = ann.says('/run shop');
    await asked('run shop');
    if (update === undefined) throw new Error('It was not brought.');

    api.updates.again(update);
    ann.says('/list');
    await asked('list');
    const other = telegramOn(api, { notes });
    await other.start();
    api.updates.again(update);
    ann.says('/status');
    await Promise.race([other.asked('status'), asked('status')]);

    const all = [...asks, ...other.asks].map(({ words }) => words);
    expect(all).toEqual(['run shop', 'list', 'status']);
  });

  it('that takes long holds up nobody else', async () => {
    const never = new Promise<void>(() => {});
    const { api, ann, bob, asked, platform } = await inAGroup({
      answer: ({ words }) => (words === 'slow' ? never : Promise.resolve()),
    });

    ann.says('slow');
    await asked('slow');
    bob.says('fast');
    await asked('fast');
    await platform.close();

    expect(api.updates.waiting()).toEqual([]);
  });

  it('that fails ends nothing', async () => {
    const { ann, asked, logged } = await inAGroup({
      answer: async ({ words }) => {
        if (words === 'bad') throw new Error('It broke.');
      },
    });

    ann.says('bad');
    await asked('bad');
    ann.says('good');

    await asked('good');
    expect(logged.join()).toContain('It broke.');
  });

  it('from more than ten minutes ago is answered, and done only if it is still wanted', async () => {
    const { api, ann, asks, asked } = await inAGroup();

    ann.says('/backup@holdfast_bot run shop', { in: group, at: minutesAgo(11) });
    const offer = await api.see(({ text }) => text.includes('Nothing was done'));
    const before = [...asks];
    await ann.presses(offer, 'Do it now');
    await asked('run shop');

    expect(offer.text).toContain('This was asked 11 min');
    expect(before).toEqual([]);
  });

  it('from nine minutes ago is done', async () => {
    const { ann, asked } = await inAGroup();

    ann.says('/run shop', { at: minutesAgo(9) });

    await asked('run shop');
  });
});

describe('/start', () => {
  it('says what the bot does, and the id to be allowed', async () => {
    const { api, ann, asks } = await inAGroup();

    ann.says('/start');
    const { text } = await api.see(({ chat }) => chat === 77);

    expect(text).toContain('telegram:77');
    expect(text).toContain('"access" in holdfast.yml');
    expect(asks).toEqual([]);
  });
});

describe('a group', () => {
  const member = (before: string, now: string, id = group) => ({
    chat: { id, type: 'supergroup' },
    from: { id: 88, is_bot: false, first_name: 'Bob' },
    date: 1,
    old_chat_member: { status: before },
    new_chat_member: { status: now },
  });

  it('that lets the bot in is greeted with its id', async () => {
    const { api } = await inAGroup();

    api.updates.add('my_chat_member', member('left', 'member'));

    const { text } = await api.see(({ chat }) => chat === group);
    expect(text).toContain('telegram:-100');
  });

  it('that removes the bot, and lets it in again, is told to the bot behind', async () => {
    const { api, learned, news } = await inAGroup();

    api.updates.add('my_chat_member', member('member', 'kicked'));
    await learned(/^closed telegram:-100: The bot was removed from the group/);
    api.updates.add('my_chat_member', member('kicked', 'member'));
    await learned(/^opened/);

    expect(news).toEqual([expect.stringMatching(/^closed/), 'opened telegram:-100']);
  });

  it('that mutes the bot, and lets it write again, is told, too', async () => {
    const { api, learned } = await inAGroup();
    const rights = (can: boolean) => ({ status: 'restricted', can_send_messages: can });

    api.updates.add('my_chat_member', { ...member('member', ''), new_chat_member: rights(false) });
    const closed = await learned(/^closed/);
    api.updates.add('my_chat_member', { ...member('restricted', ''), new_chat_member: rights(true) });
    const opened = await learned(/^opened/);

    expect(closed).toContain('may not write there');
    expect(opened).toBe('opened telegram:-100');
  });

  it('that becomes a supergroup goes on under the id it was configured with', async () => {
    const { api, ann, asked, platform } = await inAGroup();
    api.chats.move(group, -10099);

    await platform.post({ platform: 'telegram', place: String(group) }, saying('Moved'));
    ann.says('/backup@holdfast_bot list', { in: -10099 });
    const { where } = await asked('list');

    expect(api.messages.all()).toMatchObject([{ chat: -10099, text: 'Moved' }]);
    expect(where).toEqual({ platform: 'telegram', place: '-100' });
  });
});

describe('the webhook', () => {
  async function withWebhook() {
    const port = await freePort();
    const webhook = { url: 'https://bot.example/telegram', secretToken: 'a-secret', port };
    const local = `http://127.0.0.1:${port}/telegram`;
    const api = await botApiForTest({ deliverTo: () => local });
    const telegram = telegramOn(api, { notes: newNotes(store()), options: { webhook } });
    await telegram.start();
    return { api, local, ann: talker(api, 77, 'Ann'), ...telegram };
  }

  it('brings what people say', async () => {
    const { api, ann, asked } = await withWebhook();

    ann.says('/list');
    await asked('list');

    expect(api.updates.webhook).toEqual({ url: 'https://bot.example/telegram', secret_token: 'a-secret' });
    expect(api.callsOf('getUpdates')).toEqual([]);
  });

  it.each([
    ['a wrong secret', 'POST', '/telegram', { 'x-telegram-bot-api-secret-token': 'a-secreT' }],
    ['no secret', 'POST', '/telegram', {}],
    ['another path', 'POST', '/', { 'x-telegram-bot-api-secret-token': 'a-secret' }],
    ['another method', 'PUT', '/telegram', { 'x-telegram-bot-api-secret-token': 'a-secret' }],
  ])('answers %s with 403 and nothing else', async (_, method, path, headers) => {
    const { local, asks } = await withWebhook();
    const body = JSON.stringify({ update_id: 1, message: { text: '/run shop' } });

    const answer = await fetch(new URL(path, local), { method, headers, body });

    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('');
    expect(asks).toEqual([]);
  });
});

function minutesAgo(minutes: number): Date {
  return DateTime.utc().minus({ minutes }).toJSDate();
}
