import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { slackFront } from '../support/slack/front.ts';
import { connected } from '../support/slack/join.ts';
import type { SlackMessage } from '../support/slack/workspace.ts';
import { onRedis } from '../support/stores.ts';
import { telegramFront } from '../support/telegram/front.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const store = openStoreForAll(onRedis);

/** An app whose backups fail, since its destination is no folder. */
function failing(name: string) {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'I am no folder.');
  return shop([disk('bad', path)], name);
}

/** Settles once the log warns like this: it does so after the message is posted. */
async function warned(product: TestProduct, like: RegExp): Promise<void> {
  await expect.poll(() => warnings(product)).toContainEqual(expect.stringMatching(like));
}

function warnings({ logged }: TestProduct): string[] {
  return logged.filter(({ level }) => level === 'warn' || level === 'error').map(({ sentence }) => sentence);
}

describe('in Slack', () => {
  const access = [{ allow: ['all' as const], who: ['slack:T1/U1'] }];

  async function joined(channels: Parameters<typeof startProduct>[1]['channels'] = []) {
    const front = await slackFront('Socket Mode');
    const apps = [shop(), failing('blog'), failing('wiki')];
    const product = await startProduct(store(), { apps, access, channels, chats: front.chats });
    await connected(front.slack, 'Socket Mode');
    const { slack } = front;
    const seen = (where: Partial<SlackMessage>, like: RegExp) =>
      slack.message((message) => {
        const isThere = Object.entries(where).every(
          ([key, value]) => message[key as keyof SlackMessage] === value,
        );
        return isThere && message.forms.some(({ text }) => like.test(text));
      });
    return { slack, product, seen };
  }

  const channels = [
    { to: 'slack:C2', reports: ['failures' as const] },
    { to: 'slack:C1', reports: ['health' as const] },
  ];

  it.each([
    'is_archived',
    'channel_not_found',
    'not_in_channel',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'some_new_reason',
  ])(
    'a channel that refuses with %s is reported once elsewhere, which also gets what was meant for it',
    async (reason) => {
      const { slack, product, seen } = await joined(channels);
      slack.closed.set('C2', reason);

      await product.say('/backup run blog');
      await seen({ channel: 'C1' }, /Backup of blog failed[\s\S]*This was meant for `slack:C2`/);
      await seen({ channel: 'C1' }, /The bot cannot write to slack:C2/);
      await product.say('/backup run wiki');
      await seen({ channel: 'C1' }, /Backup of wiki failed[\s\S]*This was meant for `slack:C2`/);

      const titles = slack.posted().map(({ channel, text }) => `${channel} ${text.split('\n')[0]}`);
      expect(titles.filter((title) => title.includes('cannot write to'))).toHaveLength(1);
      expect(slack.posted()).toHaveLength(3);
      expect(slack.callsOf('chat.postMessage').filter(({ params }) => params.channel === 'C2')).toHaveLength(
        1,
      );
      await warned(product, /^slack:C2 takes no messages: /);
      await warned(product, /Backup of wiki failed.* for slack:C2 was posted in slack:C1 instead/);
    },
  );

  it('a closed channel is tried again after a while, and is open once it takes a message', async () => {
    const { slack, product, seen } = await joined(channels);
    slack.closed.set('C2', 'is_archived');
    await product.say('/backup run blog');
    await seen({ channel: 'C1' }, /Backup of blog failed/);
    slack.closed.delete('C2');
    await product.state.forget('closed.slack:C2.tried'); // As if those minutes had passed.

    await product.say('/backup run wiki');
    await seen({ channel: 'C2' }, /Backup of wiki failed/);
    await product.say('/backup run blog');
    await seen({ channel: 'C2' }, /Backup of blog failed/);

    const sentence = 'slack:C2 takes messages again.';
    await expect.poll(() => product.logged).toContainEqual({ level: 'info', sentence });
    expect(slack.posted().filter(({ channel }) => channel === 'C1')).toHaveLength(2);
  });

  it('with every channel closed, a failure is in the log, in words', async () => {
    const { slack, product } = await joined(channels);
    for (const channel of ['C1', 'C2']) slack.closed.set(channel, 'is_archived');

    await product.say('/backup run blog');
    await warned(product, /Backup of blog failed.* for slack:C2 could not be posted anywhere\. .*archived/);

    expect(slack.posted()).toEqual([]);
  });

  it('a command in a conversation of two others is answered there, and its result in the asker’s own', async () => {
    const { slack, seen } = await joined(channels);

    await slack.command('U1', 'D9', 'whoami');
    const answer = await seen({ channel: 'D9', onlyFor: 'U1' }, /You are/);
    await slack.command('U1', 'D9', 'run shop');
    const result = await seen({ channel: 'DU1' }, /Backup of shop is stored/);
    const pointer = await seen({ channel: 'D9', onlyFor: 'U1' }, /your own conversation with me/);

    expect(result.forms[0]?.text).toContain('Backup of shop is queued');
    expect(slack.posted()).toEqual([answer, result, pointer].sort((a, b) => (a.ts < b.ts ? -1 : 1)));
  });

  it('where the reply address has expired, an answer for one person comes to that person, never to a channel', async () => {
    const { slack, product, seen } = await joined(channels);
    slack.expireResponseUrls();
    slack.closed.set('C2', 'restricted_action');

    await slack.mention('U1', 'C2', 'whoami');
    await seen({ channel: 'DU1' }, /You are[\s\S]*This was meant for `slack:C2`/);
    slack.closed.set('DU1', 'messages_tab_disabled');
    await slack.mention('U1', 'C2', 'whoami');
    await warned(product, /^An answer to slack:T1\/U1 in slack:C2 could not be posted anywhere/);

    const inChannels = slack
      .posted()
      .filter(({ channel, text }) => channel.startsWith('C') && /You are/.test(text));
    expect(inChannels).toEqual([]);
    expect(warnings(product).join()).not.toContain('You are');
  });

  it.each(['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked'])(
    'a thread that refuses with %s closes no channel: answers and results are posted beside it',
    async (reason) => {
      const { slack, product, seen } = await joined();
      slack.closed.set('C1 17.000001', reason);

      await slack.mention('U1', 'C1', 'run shop', '17.000001');
      await seen({ channel: 'C1' }, /Backup of shop is stored/);
      await slack.mention('U1', 'C1', 'status', '17.000001');
      await seen({ channel: 'C1', onlyFor: 'U1' }, /running/);

      expect(warnings(product).filter((line) => line.includes('takes no messages'))).toEqual([]);
    },
  );

  it('a channel that lets the bot in meanwhile gets the next card', async () => {
    const { slack, seen } = await joined();

    await slack.command('U1', 'C3', 'run shop');
    await seen({ channel: 'DU1' }, /Backup of shop is stored/);
    slack.channels.get('C3')?.add('UBOT');
    await slack.command('U1', 'C3', 'run shop');

    const card = await seen({ channel: 'C3' }, /Backup of shop is stored/);
    expect(card.onlyFor).toBeUndefined();
  });

  it('a card is posted once and goes on, though Slack’s answer to its first form is lost', async () => {
    const { slack, seen } = await joined();
    slack.breakNext({ method: 'chat.postMessage', times: 1, done: 'after', cut: true });

    await slack.command('U1', 'C1', 'run shop');
    const card = await seen({ channel: 'C1' }, /Backup of shop is stored/);

    expect(card.forms[0]?.text).toContain('Backup of shop is queued');
    expect(slack.posted()).toHaveLength(1);
  });

  it('a card whose channel is archived while the run goes on has its result told to whoever asked', async () => {
    const { slack, seen } = await joined();
    await slack.command('U1', 'C1', 'run shop');
    await seen({ channel: 'C1' }, /Backup of shop/);
    slack.closed.set('C1', 'is_archived');

    await seen({ channel: 'DU1' }, /Backup of shop is stored/);
  });

  it('an answer while Slack is not reached waits in the queue', async () => {
    const { slack, seen } = await joined();
    slack.breakNext({ method: 'chat.postMessage', times: 3, status: 500 });

    await slack.directMessage('U1', 'whoami');

    await seen({ channel: 'DU1' }, /You are/);
    expect(slack.posted()).toHaveLength(1);
  });

  it('a message whose blocks Slack refuses is posted as text', async () => {
    const { slack, seen } = await joined();
    const body = '{"ok":false,"error":"msg_blocks_too_long"}';
    slack.breakNext({ method: 'chat.postMessage', times: 1, body });

    await slack.directMessage('U1', 'whoami');

    const answer = await seen({ channel: 'DU1' }, /You are/);
    expect(answer.blocks).toEqual([]);
  });
});

describe('on Telegram', () => {
  const access = [{ allow: ['all' as const], who: ['telegram:77'] }];

  async function joined() {
    const front = await telegramFront();
    front.api.addGroup(-200);
    front.api.addGroup(-300, [], { is_forum: true });
    const channels = [
      { to: 'telegram:-200', reports: ['failures' as const] },
      { to: 'telegram:-100', reports: ['health' as const] },
    ];
    const product = await startProduct(store(), {
      ...{ apps: [shop(), failing('blog')], access, channels },
      chats: front.chats,
    });
    const { api, people } = front;
    const seen = (chat: number, like: RegExp) =>
      api.see((message) => message.chat === chat && like.test(message.text));
    return { api, product, seen, ann: people.ann };
  }

  it.each([
    [400, 'not enough rights to send text messages to the chat'],
    [400, 'CHAT_WRITE_FORBIDDEN'],
    [400, 'chat not found'],
    [403, 'bot was kicked from the supergroup chat'],
  ])(
    'a channel that refuses with %i %s is reported elsewhere, which also gets what was meant for it',
    async (code, reason) => {
      const { api, product, seen } = await joined();
      api.chats.mute(-200, reason, code);

      await product.say('/backup run blog');

      await seen(-100, /The bot cannot write to telegram:-200/);
      await seen(-100, /Backup of blog failed[\s\S]*This was meant for telegram:-200/);
      await warned(product, /^telegram:-200 takes no messages: /);
    },
  );

  it.each(['message thread not found', 'TOPIC_CLOSED'])(
    'a topic that refuses with %s closes no chat: the answer is posted outside of it',
    async (reason) => {
      const { api, product, seen, ann } = await joined();
      api.chats.closeTopic(-300, 5, reason);

      ann.says('/backup@holdfast_bot run shop', { in: -300, thread: 5 });

      expect(await seen(-300, /Backup of shop is stored/)).not.toHaveProperty('thread');
      expect(warnings(product).filter((line) => line.includes('takes no messages'))).toEqual([]);
    },
  );

  it('who asks in a group where the bot is muted is answered in private, and in the group once it may write', async () => {
    const { api, product, seen, ann } = await joined();
    api.chats.mute(-100, 'not enough rights to send text messages to the chat');

    ann.says('/backup@holdfast_bot run shop', { in: -100 });
    await seen(77, /Backup of shop is stored/);
    api.chats.mute(-100);
    ann.says('/backup@holdfast_bot status', { in: -100 });
    await seen(-100, /running/);

    const sentence = 'telegram:-100 takes messages again.';
    await expect.poll(() => product.logged).toContainEqual({ level: 'info', sentence });
  });

  it('what is meant for one person who blocked the bot is in no group and not in the log', async () => {
    const { api, product, ann } = await joined();
    api.chats.mute(77, 'bot was blocked by the user', 403);

    ann.says('/whoami');
    await warned(product, /^An answer to telegram:77 in telegram:77 could not be posted anywhere/);

    expect(api.messages.all()).toEqual([]);
    expect(warnings(product).join()).not.toContain('You are');
  });

  it('a press that Telegram will not show an answer to is answered with a message', async () => {
    const { api, product, seen, ann } = await joined();
    ann.says('/run shop');
    const card = await seen(77, /Backup of shop is stored/);
    const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    api.break({ method: 'answerCallbackQuery', times: 1, code: 400, description });

    void ann.pressesData(card, 'unknown.a0');

    await seen(77, /These buttons have expired/);
    expect(warnings(product)).toEqual([]);
  });
});
