import { describe, expect, it } from 'vitest';
import { TelegramOptions } from '../../src/chat/telegram/options.ts';
import { usualPace } from '../../src/chat/telegram/turns.ts';
import { telegramPlatform } from '../../src/chat/telegram.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { botApiForTest } from '../support/telegram/bot-for-test.ts';
import { floodLimits } from '../support/telegram/flood.ts';
import { telegramFront } from '../support/telegram/front.ts';
import { quickTelegram } from '../support/telegram/pace.ts';
import { talker } from '../support/telegram/people.ts';
import { chatJourneys, ruledJourneys, toldJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe('on Telegram', () => {
  chatJourneys(store, telegramFront);
  ruledJourneys(store, telegramFront);
  toldJourneys(store, telegramFront);

  it('answers two hundred commands of forty people, each of them, within what Telegram takes', async () => {
    const api = await botApiForTest({ limits: floodLimits() });
    const options = TelegramOptions.parse({ token: api.token, apiRoot: api.root });
    const pace = { ...quickTelegram.pace, sending: usualPace };
    const people = Array.from({ length: 40 }, (_, i) => talker(api, 1000 + i));
    const access = [{ allow: ['all' as const], who: people.map(({ person }) => `telegram:${person.id}`) }];
    await startProduct(store(), {
      apps: [shop()],
      access,
      chats: (tools) => [telegramPlatform(options, tools, pace)],
    });

    for (let i = 0; i < 5; i++) for (const person of people) person.says('/whoami');
    await api.see(() => api.messages.all().length === 200);

    const answered = api.messages.all().filter(({ chat, text }) => text.includes(`You are telegram:${chat}`));
    expect(answered).toHaveLength(200);
    expect(api.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('says in other channels that the bot was put out of one', async () => {
    const front = await telegramFront();
    const slack = memoryPlatform('slack');
    const channels = [
      { to: 'telegram:-100', reports: ['failures' as const] },
      { to: 'slack:OPS', reports: ['failures' as const] },
      { to: 'slack:ALL', reports: ['successes' as const] },
    ];
    await startProduct(store(), { apps: [shop()], channels, platforms: [slack], chats: front.chats });

    front.api.updates.add('my_chat_member', {
      ...{ chat: { id: -100, type: 'supergroup' }, date: 1 },
      from: { id: 88, is_bot: false, first_name: 'Bob' },
      ...{ old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } },
    });
    const { place, message } = await slack.see(({ message }) => message.report?.kind === 'chat-trouble');

    expect(place).toBe('slack:OPS');
    expect(message.report).toMatchObject({ platform: 'telegram', place: 'telegram:-100' });
    expect(slack.shown).toHaveLength(1);
    expect(front.api.callsOf('sendMessage')).toEqual([]);
  });
});
