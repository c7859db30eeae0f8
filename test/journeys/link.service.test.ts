import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { shop } from '../support/shop.ts';
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
  it('makes two accounts one person once both have confirmed it, each on its own platform', async () => {
    const { inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();

    const { code, text } = await askForCode();
    people.ann.says(`/start ${code}`);
    const asked = await toldInTelegram(77, 'asks to be one person with you');
    await people.ann.presses(asked, /Yes/);
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

    expect(asked.text).toContain('slack:T1/U1');
    expect(asked.text).toContain('You gain run, list');
    expect(question.text).toContain('It gains run, list');
    expect(text).toContain(`https://t.me/holdfast_bot?start=${code}`);
    expect(whoami.text).toContain('also slack:T1/U1');
  });

  it('is parted again by either of them', async () => {
    const { slack, inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    people.ann.says(`/backup link ${(await askForCode()).code}`);
    await people.ann.presses(await toldInTelegram(77, 'asks to be one person'), /Yes/);
    await inSlack.press(await inSlack.see(/Is Ann you\?/), /Yes/);
    await toldInTelegram(77, 'are one person');

    await slack.command('U1', 'C1', 'link --remove');
    await inSlack.see(/You are not linked with telegram:77 any more/);
    people.ann.says('/list');

    await toldInTelegram(77, 'You may not ask for list');
  });

  it('gives a code that works once, for ten minutes', async () => {
    const { people, askForCode, toldInTelegram } = await twoPlatforms();
    const { code } = await askForCode();

    const secondsLeft = await lifetimeOf('link.code');
    people.ann.says(`/backup link ${code}`);
    await toldInTelegram(77, 'asks to be one person');
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

  it('gives nothing to whoever sent somebody an address that they opened', async () => {
    const { slack, inSlack, people, askForCode, toldInTelegram } = await twoPlatforms();
    people.bob.says(`/start ${(await askForCode()).code}`);
    const asked = await toldInTelegram(88, 'asks to be one person with you');

    await slack.command('U2', 'C1', 'link --accept');
    await inSlack.see(/There is no such code/);
    await people.bob.presses(asked, /No/);
    await toldInTelegram(88, 'It was refused');
    await inSlack.see(/It was refused/);
    people.bob.says('/list');

    await toldInTelegram(88, 'You may not ask for list');
  });

  it('gives no code to whoever may do nothing', async () => {
    const { people, toldInTelegram } = await twoPlatforms();

    people.bob.says('/link');

    await toldInTelegram(88, 'You may not ask for link here');
  });
});

/** For how many seconds the newest fact of this kind is still kept. */
async function lifetimeOf(fact: string): Promise<number> {
  const { prefix, ...place } = store();
  if (place.kind === 'sql') throw new Error('These facts are kept in Redis.');
  const keys = await place.quick.keys(`${prefix}*${fact}*`);
  const lifetimes = await Promise.all(keys.map((key) => place.quick.ttl(key)));
  return Math.max(...lifetimes);
}
