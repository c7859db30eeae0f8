import { describe, expect, it } from 'vitest';
import { memoryPlatform, type Shown } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import { telegramFront } from '../support/telegram/front.ts';

const store = openStoreForAll(onRedis);
const ann = { id: 'slack:T1/U1', name: 'Ann', groups: [] };
const inPrivate = { private: true };

/** Ann may do all in Slack, and nothing yet in Telegram. */
async function twoPlatforms() {
  const front = await telegramFront();
  const slack = memoryPlatform('slack');
  const access = [{ allow: ['all' as const], who: [ann.id] }];
  const product = await startProduct(store(), {
    apps: [shop()],
    access,
    platforms: [slack],
    chats: front.chats,
  });
  const { api, people } = front;
  const code = async () => {
    await slack.type('link', ann, 'D1', inPrivate);
    return linkIn(slack.shown.at(-1), 'code').code;
  };
  const asked = async () => linkIn(await slack.see((shown) => linkOf(shown)?.step === 'confirm'), 'confirm');
  return { ...product, api, people, slack, code, asked };
}

describe('/backup link', () => {
  it('makes two accounts one person once it is confirmed where the code was asked for', async () => {
    const { api, people, slack, code, asked } = await twoPlatforms();

    people.ann.says(`/start ${await code()}`);
    const { request, other } = await asked();
    people.ann.says('/list');
    await api.see(({ text }) => text.includes('You may not ask for list'));
    await slack.type(`link ${request} --accept`, ann, 'D1', inPrivate);
    await api.see(({ text }) => text.includes('are one person'));
    people.ann.says('/list');
    await api.see(({ text }) => text.includes('none yet'));
    people.ann.says('/whoami');
    const whoami = await api.see(({ text }) => text.includes('You are telegram:77'));

    expect(other).toMatchObject({ id: 'telegram:77', name: 'Ann' });
    expect(whoami.text).toContain('also slack:T1/U1');
  });

  it('works once', async () => {
    const { api, people, code, asked } = await twoPlatforms();
    const given = await code();

    people.ann.says(`/backup link ${given}`);
    await asked();
    people.bob.says(`/backup link ${given}`);

    const answer = await api.see(({ chat, text }) => chat === 88 && text.includes('Nothing is linked'));
    expect(answer.text).toContain('There is no such code');
  });

  it('is refused where others read along, and the code is void from then on', async () => {
    const { api, people, code, slack } = await twoPlatforms();
    const given = await code();

    people.ann.says(`/backup@holdfast_bot link ${given}`, { in: -100 });
    await api.see(({ chat, text }) => chat === -100 && text.includes('Ask for it in private'));
    people.ann.says(`/backup link ${given}`);
    await api.see(({ chat, text }) => chat === 77 && text.includes('There is no such code'));
    await slack.type('link', ann, 'C1');

    expect(linkOf(slack.shown.at(-1))).toEqual({ step: 'not-linked', because: 'not-private' });
  });

  it('links nobody who is not confirmed, and only whoever asked for the code confirms', async () => {
    const { api, people, code, asked, slack } = await twoPlatforms();
    const eve = { id: 'slack:T1/U9', groups: [] };
    people.bob.says(`/backup link ${await code()}`);
    const { request } = await asked();

    await slack.type(`link ${request} --accept`, eve, 'D9', inPrivate);
    await slack.type(`link ${request} --refuse`, ann, 'D1', inPrivate);
    await api.see(({ text }) => text.includes('It was refused'));
    people.bob.says('/list');

    await api.see(({ chat, text }) => chat === 88 && text.includes('You may not ask for list'));
  });

  it('is parted again by either of them', async () => {
    const { api, people, slack, code, asked } = await twoPlatforms();
    people.ann.says(`/backup link ${await code()}`);
    const { request } = await asked();
    await slack.type(`link ${request} --accept`, ann, 'D1', inPrivate);

    await slack.type('link --remove', ann, 'D1');
    people.ann.says('/list');

    await api.see(({ text }) => text.includes('You may not ask for list'));
    expect(linkOf(slack.shown.at(-1))).toEqual({ step: 'removed', ids: ['telegram:77'] });
  });

  it('gives no code to whoever may do nothing', async () => {
    const { api, people } = await twoPlatforms();

    people.bob.says('/link');

    await api.see(({ text }) => text.includes('You may not ask for link here'));
  });
});

function linkOf(shown: Shown | undefined) {
  const report = shown?.message.report;
  return report?.kind === 'link' ? report.link : undefined;
}

function linkIn<Step extends 'code' | 'confirm'>(shown: Shown | undefined, step: Step) {
  const link = linkOf(shown);
  if (link?.step !== step) throw new Error(`No ${step} in ${JSON.stringify(shown?.message)}`);
  return link as Extract<typeof link, { step: Step }>; // It was just looked at.
}
