import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { shop } from '../support/shop.ts';
import { findAction } from '../support/slack/find-action.ts';
import { slackFront } from '../support/slack/front.ts';
import { connected } from '../support/slack/join.ts';
import { onRedis } from '../support/stores.ts';
import { telegramFront } from '../support/telegram/front.ts';

const store = openStoreForAll(onRedis);

/** Ann and Bob may do all in Slack, and nothing yet in Telegram. */
async function twoPlatforms() {
  const inSlack = await slackFront('Socket Mode');
  const inTelegram = await telegramFront();
  const { slack } = inSlack;
  const access = [{ allow: ['all' as const], who: ['slack:T1/U1', 'slack:T1/U2'] }];
  await startProduct(store(), {
    apps: [shop()],
    access,
    chats: (tools) => [...inSlack.chats(tools), ...inTelegram.chats(tools)],
  });
  await connected(slack, 'Socket Mode');

  const { api, people } = inTelegram;
  const askForCode = async () => {
    await slack.directMessage('U1', 'link');
    const { text } = await inSlack.see(/Your code is lk_/);
    return { code: /lk_\w+/.exec(text)?.[0] ?? 'none', text };
  };
  const toldInTelegram = (chat: number, words: string) =>
    api.see((message) => message.chat === chat && message.text.includes(words));
  return { slack, inSlack, people, askForCode, toldInTelegram };
}

describe('/backup link', () => {
  it('makes two accounts one person once it is confirmed where the code was asked for', async () => {
    const { inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();

    const { code, text } = await askForCode();
    people.ann.says(`/start ${code}`);
    const question = await inSlack.see(/Is Ann you\?/);
    await toldInTelegram(77, 'Now confirm it as slack:T1/U1');
    people.ann.says('/list');
    await toldInTelegram(77, 'You may not ask for list');
    await inSlack.press(question, /Yes/);
    await toldInTelegram(77, 'are one person');
    await inSlack.see(/are one person/);
    people.ann.says('/list');
    await toldInTelegram(77, 'none yet');
    people.ann.says('/whoami');
    const whoami = await toldInTelegram(77, 'You are telegram:77');

    expect(text).toContain(`https://t.me/holdfast_bot?start=${code}`);
    expect(whoami.text).toContain('also slack:T1/U1');
  });

  it('is parted again by either of them', async () => {
    const { slack, inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    people.ann.says(`/backup link ${(await askForCode()).code}`);
    await inSlack.press(await inSlack.see(/Is Ann you\?/), /Yes/);
    await toldInTelegram(77, 'are one person');

    await slack.command('U1', 'C1', 'link --remove');
    await inSlack.see(/You are not linked with telegram:77 any more/);
    people.ann.says('/list');

    await toldInTelegram(77, 'You may not ask for list');
  });

  it('gives a code that works once, for ten minutes', async () => {
    const { inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    const { code } = await askForCode();

    const secondsLeft = await lifetimeOf('link.code');
    people.ann.says(`/backup link ${code}`);
    await inSlack.see(/Is Ann you\?/);
    people.bob.says(`/backup link ${code}`);
    const answer = await toldInTelegram(88, 'Nothing is linked');

    expect(secondsLeft).toBeGreaterThan(500);
    expect(secondsLeft).toBeLessThanOrEqual(600);
    expect(answer.text).toContain('There is no such code');
  });

  it('is refused where others read along, and the code is void from then on', async () => {
    const { slack, inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    const { code } = await askForCode();

    people.ann.says(`/backup@holdfast_bot link ${code}`, { in: -100 });
    await toldInTelegram(-100, 'Ask for it in private');
    people.ann.says(`/backup link ${code}`);
    await toldInTelegram(77, 'There is no such code');
    await slack.mention('U1', 'C1', 'link');

    await inSlack.see(/Ask for it in private/);
  });

  it('links nobody who is not confirmed, and only whoever asked for the code confirms', async () => {
    const { slack, inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    people.bob.says(`/backup link ${(await askForCode()).code}`);
    const question = await inSlack.see(/Is Bob you\?/);
    const { value } = findAction(blocksOf(slack, question.id), 'Yes, it is me');

    await slack.command('U2', 'C1', String(value));
    await inSlack.see(/Only whoever asked for the code can confirm it/);
    await inSlack.press(question, /No/);
    await toldInTelegram(88, 'It was refused');
    people.bob.says('/list');

    await toldInTelegram(88, 'You may not ask for list');
  });

  it('gives no code to whoever may do nothing', async () => {
    const { people, toldInTelegram } = await twoPlatforms();

    people.bob.says('/link');

    await toldInTelegram(88, 'You may not ask for link here');
  });
});

function blocksOf(slack: { posted(): { ts: string; blocks: readonly unknown[] }[] }, id: string) {
  return slack.posted().find(({ ts }) => ts === id)?.blocks ?? [];
}

/** For how many seconds the newest fact of this kind is still kept. */
async function lifetimeOf(fact: string): Promise<number> {
  const { prefix, ...place } = store();
  if (place.kind === 'sql') throw new Error('These facts are kept in Redis.');
  const keys = await place.quick.keys(`${prefix}*${fact}*`);
  const lifetimes = await Promise.all(keys.map((key) => place.quick.ttl(key)));
  return Math.max(...lifetimes);
}
