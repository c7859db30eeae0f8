import { DateTime } from 'luxon';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import { MessageRefused, PlaceClosed } from '../../../src/chat/platform.ts';
import { addressOf } from '../../../src/chat/telegram/asker.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { failedRun } from '../../support/run-report.ts';
import { onRedis } from '../../support/stores.ts';
import { botApiForTest } from '../../support/telegram/bot-for-test.ts';
import { newNotes } from '../../support/telegram/new-notes.ts';
import { quickTelegram } from '../../support/telegram/pace.ts';
import { talker } from '../../support/telegram/people.ts';
import { saying, telegramOn } from '../../support/telegram/platform.ts';

const store = openStoreForAll(onRedis);
const group = -100;
const toAnn = addressOf(77);
const toGroup = addressOf(group);

async function opened() {
  const api = await botApiForTest();
  api.addGroup(group);
  talker(api, 77, 'Ann');
  const notes = newNotes(store());
  return { api, notes, ...telegramOn(api, { notes }) };
}

/** How a run ended that took so long. */
function result(minutes: number): Message {
  const report = failedRun({
    startedAt: '2026-11-22T03:15:00.000Z',
    finishedAt: `2026-11-22T03:${15 + minutes}:00.000Z`,
  });
  const blocks = [{ kind: 'lines' as const, lines: [['the whole story']] }];
  return saying('The end', { report, blocks, concludes: 'r_1' });
}

describe('a message', () => {
  it('keeps its words when Telegram does not understand the markup', async () => {
    const { api, platform } = await opened();
    const description = "Bad Request: can't parse entities: it is odd";
    api.break({ method: 'sendMessage', times: 1, code: 400, description });

    await platform.post(toAnn, saying('a < b'));

    expect(api.messages.all()).toMatchObject([{ text: 'a < b', html: false }]);
  });

  it('that is too long is one message with what there is room for, and its buttons', async () => {
    const { api, platform } = await opened();
    const lines = Array.from({ length: 300 }, (_, i) => [`line ${i} of a long report`]);
    const actions = [{ label: 'Retry', words: 'retry r_1' }];

    const { id } = await platform.post(
      toAnn,
      saying('Long', { blocks: [{ kind: 'lines', lines }], actions }),
    );

    const [sent, ...others] = api.messages.all();
    expect(others).toEqual([]);
    expect(String(sent?.id)).toBe(id);
    expect(sent?.text).toMatch(/^Long\nline 0 of a long report\n[\s\S]*\n… and \d+ more$/);
    expect(sent?.buttons).toHaveLength(1);
  });

  it('is not sent twice because Telegram answered with an error after it was stored', async () => {
    const { api, platform } = await opened();
    api.break({ method: 'sendMessage', times: 1, code: 502, afterwards: true });

    await expect(platform.post(toAnn, saying('Once'))).rejects.toThrow('it may work later');

    expect(api.messages.all()).toHaveLength(1);
  });

  it('to a place that is no chat is refused with what to do', async () => {
    const { platform } = await opened();

    const post = platform.post({ platform: 'telegram', place: '@ops' }, saying('Hello'));

    await expect(post).rejects.toThrow('"telegram:@ops" is no chat');
  });
});

describe('an edit', () => {
  it('that changes nothing is done, and one of a message that is gone is to be posted anew', async () => {
    const { api, platform } = await opened();
    const posted = await platform.post(toAnn, result(1));

    const same = await platform.edit(posted, result(1));
    api.messages.remove(77, Number(posted.id));
    const gone = await platform.edit(posted, result(1));

    expect([same, gone]).toEqual([true, false]);
  });

  it('holds the result of a short run; that of one over two minutes is a new message, a reply to the first', async () => {
    const { api, platform } = await opened();
    const short = await platform.post(toAnn, saying('Short'));
    const long = await platform.post(
      toAnn,
      saying('Long', { actions: [{ label: 'Cancel', words: 'cancel' }] }),
    );

    await platform.edit(short, result(2));
    await platform.edit(long, result(3));

    const [first, second, reply, ...more] = api.messages.all();
    expect(more).toEqual([]);
    expect(first?.text).toContain('the whole story');
    expect(second).toMatchObject({ text: 'The end', buttons: [] });
    expect(reply).toMatchObject({ text: expect.stringContaining('the whole story'), replyTo: second?.id });
  });
});

describe('progress', () => {
  it('is shown no faster than agreed, the newest only, and never after the result', async () => {
    const { api, platform } = await opened();
    const posted = await platform.post(toGroup, saying('0 %'));

    for (let percent = 1; percent <= 60; percent++) {
      await platform.edit(posted, saying(`${percent} %`));
      await new Promise((soon) => setTimeout(soon, 20));
    }
    await platform.edit(posted, result(1));

    const edits = api.callsOf('editMessageText');
    const gaps = edits.slice(1, -1).map(({ at }, i) => at - (edits[i]?.at ?? 0));
    const { leastGapMs } = quickTelegram.pace.sending.group;
    expect(edits.length).toBeLessThan(10);
    expect(edits.every(({ status }) => status === 200)).toBe(true);
    expect(Math.min(...gaps)).toBeGreaterThan(leastGapMs * 0.8);
    expect(api.messages.all()).toMatchObject([{ text: expect.stringContaining('the whole story') }]);
  });

  it('of many runs leaves room in a group for what is said', async () => {
    const { api, platform } = await opened();
    const cards = await Promise.all(Array.from({ length: 5 }, () => platform.post(toGroup, saying('0 %'))));

    for (let percent = 1; percent <= 50; percent++) {
      for (const card of cards) await platform.edit(card, saying(`${percent} %`));
      await new Promise((soon) => setTimeout(soon, 20));
    }
    await platform.post(toGroup, saying('An alert'));

    expect(api.calls.filter(({ status }) => status === 429)).toEqual([]);
    expect(api.messages.all().at(-1)?.text).toBe('An alert');
  });
});

describe('too many messages', () => {
  it('are sent later, as Telegram asks, and by no other process sooner', async () => {
    const { api, notes, platform } = await opened();
    const other = telegramOn(api, { notes });
    const parameters = { retry_after: 1 };
    api.break({ method: 'sendMessage', times: 1, code: 429, description: 'Too Many Requests', parameters });

    const first = platform.post(toAnn, saying('first'));
    await vi.waitFor(async () => expect(await notes.recall('telegram.quiet.77')).toBeDefined());
    await other.platform.post(addressOf(77), saying('second'));
    await first;

    const [refused, ...sent] = api.callsOf('sendMessage');
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    for (const { at } of sent) expect(at - (refused?.at ?? 0)).toBeGreaterThan(900);
  });

  it('are sent by a process whose clock is behind no later than Telegram asked for', async () => {
    const { api, notes, platform } = await opened();
    const behind = telegramOn(api, { notes, clock: () => DateTime.utc().minus({ hours: 1 }) });
    const parameters = { retry_after: 1 };
    api.break({ method: 'sendMessage', times: 1, code: 429, description: 'Too Many Requests', parameters });

    const first = platform.post(toAnn, saying('first'));
    await vi.waitFor(async () => expect(await notes.recall('telegram.quiet.77')).toBeDefined());
    await behind.platform.post(toAnn, saying('second'));
    await first;

    expect(api.callsOf('sendMessage').map(({ status }) => status)).toEqual([429, 200, 200]);
  });

  it('are given back with a sentence when that would take minutes, here and in other processes', async () => {
    const { api, notes, platform } = await opened();
    const other = telegramOn(api, { notes });
    const parameters = { retry_after: 3600 };
    api.break({ method: 'sendMessage', times: 1, code: 429, description: 'Too Many Requests', parameters });

    await expect(platform.post(toAnn, saying('first'))).rejects.toThrow(/for 3[56]\d\d s/);
    await expect(other.platform.post(toAnn, saying('second'))).rejects.toThrow(/for 3[56]\d\d s/);
    await other.platform.post(toGroup, saying('elsewhere'));

    expect(api.callsOf('sendMessage').map(({ status }) => status)).toEqual([429, 200]);
  });
});

describe('a chat that takes nothing', () => {
  it.each([
    [403, 'bot was kicked from the supergroup chat'],
    [403, 'bot is not a member of the channel chat'],
    [403, 'bot was blocked by the user'],
    [403, 'user is deactivated'],
    [403, "bot can't initiate conversation with a user"],
    [400, 'chat not found'],
    [400, 'not enough rights to send text messages to the chat'],
    [400, 'have no rights to send a message'],
    [400, 'CHAT_WRITE_FORBIDDEN'],
    [400, 'CHAT_RESTRICTED'],
    [400, 'need administrator rights in the channel chat'],
  ])('is known by %i %s, for new messages and for edits', async (code, reason) => {
    const { api, platform } = await opened();
    const card = await platform.post(toGroup, saying('Queued'));
    api.chats.mute(group, reason, code);

    const failure = await platform.post(toGroup, saying('Hello')).catch((thrown) => thrown);
    const edited = await platform.edit(card, result(1));

    expect(failure).toBeInstanceOf(PlaceClosed);
    expect(failure).toMatchObject({ scope: 'place', message: expect.stringContaining(reason) });
    expect(edited).toBe(false);
  });

  it.each(['message thread not found', 'TOPIC_CLOSED', 'TOPIC_DELETED'])(
    'in one topic is known by %s, and takes messages outside of it',
    async (reason) => {
      const { api, platform } = await opened();
      api.addGroup(group, [], { is_forum: true });
      api.chats.closeTopic(group, 9, reason);

      const inTopic = platform.post(addressOf(group, 9), saying('Hello'));
      await expect(inTopic).rejects.toMatchObject({ name: 'PlaceClosed', scope: 'part' });
      await platform.post(toGroup, saying('Hello'));

      expect(api.messages.all()).toHaveLength(1);
    },
  );

  it('is not one that takes no pictures: it gets the words', async () => {
    const { api, platform } = await opened();
    const description = 'Bad Request: not enough rights to send photos to the chat';
    api.break({ method: 'sendPhoto', times: 1, code: 400, description });
    const picture = { name: 'digest.png', alt: 'a chart', draw: async () => new Uint8Array([1]) };

    await platform.post(toGroup, saying('Digest', { picture }));

    expect(api.messages.all()).toMatchObject([{ text: 'Digest' }]);
  });
});

describe('a message that Telegram would never take', () => {
  it('says so, and nothing about the chat', async () => {
    const { api, platform } = await opened();
    api.break({ method: 'sendMessage', times: 1, code: 400, description: 'Bad Request: MESSAGE_ODD' });

    const failure = await platform.post(toGroup, saying('Hello')).catch((thrown) => thrown);

    expect(failure).toBeInstanceOf(MessageRefused);
  });

  it('as a reply to one that is gone is posted without that', async () => {
    const { api, platform } = await opened();
    const description = 'Bad Request: message to be replied not found';
    api.break({ method: 'sendMessage', times: 1, code: 400, description });

    await platform.post(toGroup, saying('Hello', { inReplyTo: '5' }));

    expect(api.messages.all()).toMatchObject([{ text: 'Hello' }]);
    expect(api.messages.all()[0]?.replyTo).toBeUndefined();
  });
});

describe('a picture', () => {
  const png = Buffer.from('iVBORw0KGgo=', 'base64');
  const digest = (words: string, draw = async (): Promise<Uint8Array> => png) =>
    saying('Digest', {
      blocks: [{ kind: 'lines', lines: [[words]] }],
      picture: { name: 'digest.png', alt: 'a chart', draw },
    });

  it('has the words below it', async () => {
    const { api, platform } = await opened();

    await platform.post(toAnn, digest('all is well'));

    const photo = { name: 'digest.png', bytes: png.length };
    expect(api.messages.all()).toMatchObject([{ photo, text: 'Digest\nall is well' }]);
  });

  it('stands alone before words that are too many for it', async () => {
    const { api, platform } = await opened();

    await platform.post(toAnn, digest('x'.repeat(1024)));

    expect(api.messages.all()).toMatchObject([
      { photo: {}, text: '' },
      { text: expect.stringContaining('Digest') },
    ]);
  });

  it.each([
    ['cannot be drawn', async () => Promise.reject(new Error('No canvas.'))],
    ['is none', async () => new Uint8Array()],
  ])('that %s leaves the words', async (_, draw) => {
    const { api, platform, logged } = await opened();

    await platform.post(toAnn, digest('all is well', draw));

    expect(api.messages.all().map(({ photo, text }) => ({ photo, text }))).toEqual([
      { photo: undefined, text: 'Digest\nall is well' },
    ]);
    expect(logged.join()).toContain('The picture digest.png could not be shown');
  });
});
