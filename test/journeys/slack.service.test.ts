import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { slackFront } from '../support/slack/front.ts';
import { connected, modes } from '../support/slack/join.ts';
import { onRedis } from '../support/stores.ts';
import { chatJourneys, ruledJourneys, toldJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe.each(modes)('in Slack over %s', (mode) => {
  chatJourneys(store, () => slackFront(mode));
  ruledJourneys(store, () => slackFront(mode));
});

describe('in Slack alone', () => {
  toldJourneys(store, () => slackFront('Socket Mode'));

  const access = [{ allow: ['all' as const], who: ['slack:T1/U1'] }];

  it('a result is told at once and once, though Slack takes no edits for half a minute', async () => {
    const front = await slackFront('Socket Mode');
    const { slack } = front;
    slack.breakNext({ method: 'chat.update', times: 9, status: 429, headers: { 'retry-after': '30' } });
    await startProduct(store(), { apps: [shop()], access, chats: front.chats });

    front.type('run shop');
    const result = await front.see(/Backup of shop is stored/);

    const [card, ...more] = front.all();
    expect(card?.text).toContain('Backup of shop is queued');
    expect(more).toEqual([result]);
  });

  it('the Home tab shows the apps, and a button of it backs one up', async () => {
    const front = await slackFront('Socket Mode');
    const { slack } = front;
    const target = disk('disk');
    await startProduct(store(), { apps: [shop([target])], access, chats: front.chats });
    await connected(slack, 'Socket Mode');

    await slack.openHome('U1');
    const home = await slack.see(() => slack.homes.get('U1'));
    await slack.press('U1', home, 'Run');
    await front.see(/Backup of shop is stored/);

    expect(JSON.stringify(home.view)).toContain('*shop*: no run yet');
    expect(await target.list('shop')).toHaveLength(1);
  });
});
