import { describe, expect, it } from 'vitest';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { telegramFront } from '../support/telegram/front.ts';
import { chatJourneys, ruledJourneys, toldJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe('on Telegram', () => {
  chatJourneys(store, telegramFront);
  ruledJourneys(store, telegramFront);
  toldJourneys(store, telegramFront);

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
