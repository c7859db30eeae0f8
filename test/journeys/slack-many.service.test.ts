import { expect, it } from 'vitest';
import { SlackOptions } from '../../src/chat/slack/options.ts';
import { slackPlatform } from '../../src/chat/slack.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { connected } from '../support/slack/join.ts';
import { startSlack } from '../support/slack/slack.ts';
import { onRedis } from '../support/stores.ts';

const store = openStoreForAll(onRedis);

/** Slack's minute is three seconds here, so that a test need not take one. */
const rate = { calls: 50, inMs: 3_000 };
const budget = { edits: 48, frames: 38, spanMs: 4_000, leastGapMs: 150 };

it('shows fifty runs asked for at once, each result once, and asks Slack no more often than it takes', async () => {
  const slack = await startSlack({ rates: { 'chat.update': rate } });
  const options = SlackOptions.parse({ apiUrl: slack.apiUrl, ...slack.tokens });
  const target = disk('disk');
  const apps = Array.from({ length: 60 }, (_, i) => shop([target], `shop-${i}`));
  await startProduct(store(), {
    apps,
    access: [{ allow: ['all'], who: ['slack:T1/U1'] }],
    chats: (tools) => [slackPlatform(options, tools, budget)],
  });
  await connected(slack, 'Socket Mode');

  const asked = apps.slice(0, 50).map(({ name }) => name);
  const acknowledged = await Promise.all(asked.map((app) => slack.command('U1', 'C1', `run ${app}`)));
  const results = () => slack.posted().filter(({ text }) => text.startsWith('✅'));
  await slack.see(() => (results().length === asked.length ? true : undefined));

  const refused = slack.callsOf('chat.update').filter(({ answer }) => answer !== 'ok');
  const endings = slack.posted().map(({ forms }) => forms.filter(({ text }) => text.startsWith('✅')).length);
  expect(acknowledged.every(({ ok }) => ok)).toBe(true);
  expect(refused).toEqual([]);
  expect(endings).toEqual(asked.map(() => 1));
}, 120_000);
