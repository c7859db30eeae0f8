import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/chat/message.ts';
import type { Refuse } from '../../../src/chat/platform.ts';
import { addressOf } from '../../../src/chat/telegram/asker.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { onRedis } from '../../support/stores.ts';
import { botApiForTest } from '../../support/telegram/bot-for-test.ts';
import { newNotes } from '../../support/telegram/new-notes.ts';
import { talker } from '../../support/telegram/people.ts';
import { saying, telegramOn } from '../../support/telegram/platform.ts';

const store = openStoreForAll(onRedis);
const group = -100;

/** A message with buttons in a group with Ann and Bob. */
async function withButtons(actions: Action[], pick?: string, refuse?: Refuse) {
  const api = await botApiForTest();
  api.addGroup(group);
  let now = DateTime.utc();
  const setup = { notes: newNotes(store()), clock: () => now, ...(refuse && { refuse }) };
  const telegram = telegramOn(api, setup);
  await telegram.start();
  const more = { actions, ...(pick && { pick }) };
  const { id } = await telegram.platform.post(addressOf(group), saying('Card', more));
  const card = () => {
    const message = api.messages.find(group, Number(id));
    if (message === undefined) throw new Error('The card is gone.');
    return message;
  };
  const later = (seconds: number) => {
    now = now.plus({ seconds });
  };
  return { api, ann: talker(api, 77, 'Ann'), bob: talker(api, 88, 'Bob'), card, later, ...telegram };
}

const cancel = { label: 'Cancel', words: `cancel r_1 ${'with very long words '.repeat(9)}` };
const remove: Action = { label: 'Delete 2', words: 'clean shop --plan 1', look: 'danger', typed: 'shop' };

describe('a button', () => {
  it('asks with its words as whoever presses it, wherever they come from', async () => {
    const { bob, card, asked } = await withButtons([cancel]);

    const shown = await bob.presses(card(), 'Cancel');
    const ask = await asked(cancel.words);

    expect(shown).toEqual({ text: '', alert: false });
    expect(ask).toMatchObject({
      from: { id: 'telegram:88', name: 'Bob' },
      where: { place: '-100' },
      pressedOn: { to: { place: '-100' }, id: String(card().id) },
    });
  });

  it.each([cancel, remove])(
    'of one who may not press it says so to them alone, and does nothing: %j',
    async (action) => {
      const forBob = saying(`You may not ask for it. ${'It is long. '.repeat(40)}`);
      const refuse: Refuse = async ({ from }) => (from.id === 'telegram:88' ? forBob : undefined);
      const { api, bob, card, asks } = await withButtons([action], undefined, refuse);

      const shown = await bob.presses(card(), action.label);

      expect(shown).toEqual({ text: expect.stringMatching(/^You may not ask for it/), alert: true });
      expect(shown.text.length).toBeLessThanOrEqual(200);
      expect(asks).toEqual([]);
      expect(api.messages.all()).toEqual([card()]);
    },
  );

  it('whose words are forgotten says that it has expired, and goes away', async () => {
    const { api, ann, card, asks } = await withButtons([cancel]);

    const shown = await ann.pressesData(card(), 'AAAAAAAAAAAAAAAA.a0');
    await api.see(({ buttons }) => buttons.length === 0);

    expect(shown.alert).toBe(true);
    expect(shown.text).toContain('expired');
    expect(asks).toEqual([]);
  });

  it.each(['', 'x', 'AAAA.a', '../..'])('whose data is %j does nothing', async (data) => {
    const { ann, card, asks } = await withButtons([cancel]);

    const shown = await ann.pressesData(card(), data);

    expect(shown.text).toContain('expired');
    expect(asks).toEqual([]);
  });

  it('is not the same in another chat', async () => {
    const { api, ann, card, platform, asks } = await withButtons([cancel]);
    const { id } = await platform.post(addressOf(77), saying('Mine'));
    const mine = api.messages.find(77, Number(id));
    if (mine === undefined) throw new Error('It was not posted.');

    const shown = await ann.pressesData(mine, card().buttons[0]?.[0]?.data ?? '');

    expect(shown.text).toContain('expired');
    expect(asks).toEqual([]);
  });

  it('is judged by what is known while Telegram does not say who administrates', async () => {
    const { api, ann, card, asked } = await withButtons([cancel]);
    api.break({ method: 'getChatAdministrators', times: 1, code: 500 });

    await ann.presses(card(), 'Cancel');

    const ask = await asked(cancel.words);
    expect(ask.standing).toEqual({ unknown: ['telegram:admins:-100'] });
  });

  it('is answered even when nothing can be done about it', async () => {
    const { ann, card, asks } = await withButtons([cancel], undefined, async () => {
      throw new Error('The store is away.');
    });

    const shown = await ann.presses(card(), 'Cancel');

    expect(shown).toMatchObject({ alert: true, text: expect.stringContaining('did not work just now') });
    expect(asks).toEqual([]);
  });

  it('pressed while nobody was there does nothing, and says so', async () => {
    const { api, ann, card, asks } = await withButtons([cancel]);
    const description = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    api.break({ method: 'answerCallbackQuery', times: 1, code: 400, description });

    void ann.presses(card(), 'Cancel');

    await api.see(({ text }) => text.includes('pressed while Holdfast was away'));
    expect(asks).toEqual([]);
  });

  it('is shown unchanged when its message is shown again', async () => {
    const { api, platform, card } = await withButtons([cancel]);
    const before = card().buttons;
    const report = { kind: 'trouble' as const, doing: 'it', reason: 'so' };

    await platform.edit(
      { to: addressOf(group), id: String(card().id) },
      saying('New', { actions: [cancel], report }),
    );

    await api.see(({ text }) => text === 'New');
    expect(card().buttons).toEqual(before);
  });
});

describe('one of many', () => {
  const apps = Array.from({ length: 19 }, (_, i) => ({ label: `app-${i}`, words: `run app-${i}` }));

  it('is picked from pages that one turns', async () => {
    const { api, ann, card, asked } = await withButtons(apps, 'Which app?');
    const labels = () =>
      card()
        .buttons.flat()
        .map(({ text }) => text);
    const first = labels();

    await ann.presses(card(), '‹');
    await api.see(({ edits }) => edits === 1);
    const last = labels();
    await ann.presses(card(), 'app-17');

    await asked('run app-17');
    expect(first).toEqual([...apps.slice(0, 8).map(({ label }) => label), '‹', '1/3', '›']);
    expect(last).toEqual(['app-16', 'app-17', 'app-18', '‹', '3/3', '›']);
  });

  it('has no pages when all fit on one', async () => {
    const { card } = await withButtons(apps.slice(0, 8), 'Which app?');

    expect(card().buttons.flat()).toHaveLength(8);
  });
});

describe('what cannot be undone', () => {
  it('is asked for once the name was typed as a reply, by whoever pressed', async () => {
    const { api, ann, card, asks, asked } = await withButtons([remove]);

    await ann.presses(card(), 'Delete 2');
    const prompt = await api.see(({ forceReply }) => forceReply);
    const before = [...asks];
    ann.says(' Shop ', { in: group, replyTo: prompt });

    expect(await asked(remove.words)).toMatchObject({
      from: { id: 'telegram:77' },
      pressedOn: { id: String(card().id) },
    });
    expect(prompt.text).toContain('Ann, to confirm "Delete 2", reply to this within 60 s with: shop');
    expect(before).toEqual([]);
  });

  it.each([
    ['somebody else types the name', 'bob', 'shop', 0, 'Only whoever pressed the button'],
    ['another name is typed', 'ann', 'shops', 0, 'That was not shop'],
    ['it is typed after more than a minute', 'ann', 'shop', -70, 'more than 60 s after'],
  ] as const)('is not done when %s', async (_, who, typed, shift, reason) => {
    const { api, card, asks, later, ...people } = await withButtons([remove]);
    later(shift);

    await people.ann.presses(card(), 'Delete 2');
    const prompt = await api.see(({ forceReply }) => forceReply);
    people[who].says(typed, { in: group, replyTo: prompt });
    const { text } = await api.see(({ text }) => text.includes('Nothing was done'));

    expect(text).toContain(reason);
    expect(asks).toEqual([]);
  });

  it('is not asked for twice with one press', async () => {
    const { api, ann, card, asked, asks } = await withButtons([remove]);
    await ann.presses(card(), 'Delete 2');
    const prompt = await api.see(({ forceReply }) => forceReply);

    ann.says('shop', { in: group, replyTo: prompt });
    await asked(remove.words);
    ann.says('shop', { in: group, replyTo: prompt });
    ann.says('/backup@holdfast_bot list', { in: group });
    await asked('list');

    expect(asks.map(({ words }) => words)).toEqual([remove.words, 'list']);
  });
});
