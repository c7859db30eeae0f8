import { onTestFinished } from 'vitest';
import { TelegramOptions } from '../../../src/chat/telegram/options.ts';
import { telegramPlatform } from '../../../src/chat/telegram.ts';
import type { Front, Seen, Who } from '../front.ts';
import { type BotApi, type SentMessage, startBotApi } from './bot-api.ts';
import { quickTelegram } from './pace.ts';
import { type Talker, talker } from './people.ts';

export interface TelegramFront extends Front {
  readonly api: BotApi;
  readonly people: Readonly<Record<Who, Talker>>;
}

const group = -100;

/** A group in Telegram with Ann, Bob and the bot in it. */
export async function telegramFront(): Promise<TelegramFront> {
  const api = await startBotApi({ limits: quickTelegram.limits });
  onTestFinished(() => api.close());
  api.addGroup(group);
  const people = { ann: talker(api, 77, 'Ann'), bob: talker(api, 88, 'Bob') };
  const options = TelegramOptions.parse({ token: api.token, apiRoot: api.root });
  /** What was shown over the chat, to whoever pressed. */
  const alerts: Seen[] = [];
  const find = (id: string) => api.messages.find(group, Number(id));

  async function press(seen: Seen, label: RegExp, as: Who): Promise<void> {
    const message = found(find(seen.id));
    const turn = message.buttons.flat().find(({ text }) => text === '›');
    const isHere = message.buttons.flat().some(({ text }) => label.test(text));
    if (isHere || turn === undefined) {
      const { text } = await people[as].presses(message, label);
      if (text !== '') alerts.push({ id: `over ${seen.id}`, text, buttons: [] });
      return;
    }
    await people[as].presses(message, '›');
    await api.see(({ id, edits }) => id === message.id && edits > message.edits);
    await press(seen, label, as);
  }

  return {
    name: 'telegram',
    api,
    people,
    ids: { ann: 'telegram:77', bob: 'telegram:88' },
    place: `telegram:${group}`,
    chats: (tools) => [telegramPlatform(options, tools, quickTelegram.pace)],
    type: (words, as = 'ann') => void people[as].says(`/backup@holdfast_bot ${words}`, { in: group }),
    see: async (like) =>
      alerts.find(({ text }) => like.test(text)) ?? seenOf(await api.see(({ text }) => like.test(text))),
    all: () => api.messages.all().map(seenOf),
    press: (seen, label, as = 'ann') => press(seen, label, as),
    async confirm(seen, label, typed, as = 'ann') {
      const asked = api.see(({ forceReply, replyTo }) => forceReply && replyTo === Number(seen.id));
      await press(seen, label, as);
      people[as].says(typed, { in: group, replyTo: await asked });
    },
  };
}

function seenOf({ id, text, buttons }: SentMessage): Seen {
  return { id: String(id), text, buttons: buttons.flat().map((button) => button.text) };
}

function found(message: SentMessage | undefined): SentMessage {
  if (message === undefined) throw new Error('The message is not there any more.');
  return message;
}
