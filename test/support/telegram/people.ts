import { type BotApi, botPerson, type Person, type SentMessage, seconds } from './bot-api.ts';
import type { Update } from './updates.ts';

/** How something is said, other than plainly in a private chat. */
export interface Manner {
  readonly in?: number;
  readonly thread?: number;
  readonly replyTo?: SentMessage;
  readonly at?: Date;
  readonly forwarded?: boolean;
  /** An earlier message with new words. */
  readonly edited?: boolean;
  /** In the name of the chat, or of a channel. */
  readonly asChat?: number;
  /** Other fields that Telegram would send. */
  readonly facts?: object;
}

export interface PressAnswer {
  readonly text: string;
  readonly alert: boolean;
}

/** Somebody who talks to the bot. */
export interface Talker {
  readonly person: Person;
  /** What Telegram would not bring the bot is not brought. */
  says(text: string, manner?: Manner): Update | undefined;
  /** Presses the button with this label; resolves with what the person is shown over the chat. */
  presses(message: SentMessage, label: string | RegExp): Promise<PressAnswer>;
  /** Presses something with data that no button has. */
  pressesData(message: SentMessage, data: string): Promise<PressAnswer>;
}

/** A person with an account, who has opened a private chat with the bot. */
export function talker(api: BotApi, id: number, name = `Person ${id}`): Talker {
  const person: Person = { id, is_bot: false, first_name: name };
  api.chats.add({ id, type: 'private' });

  function press(message: SentMessage, data: string): Promise<PressAnswer> {
    const queryId = `press-${api.nextId()}`;
    return new Promise((resolve) => {
      const answer = (text: string, alert: boolean) => resolve({ text, alert });
      api.presses.set(queryId, { at: Date.now(), answer });
      const { id: message_id, chat, text } = message;
      const shown = { message_id, date: seconds(Date.now()), chat: chatOf(api, chat), from: botPerson, text };
      const thread = message.thread !== undefined && {
        message_thread_id: message.thread,
        is_topic_message: true,
      };
      api.updates.add('callback_query', {
        id: queryId,
        from: person,
        chat_instance: '1',
        data,
        message: { ...shown, ...thread },
      });
    });
  }

  return {
    person,
    says(text, manner = {}) {
      const message = messageFrom(api, person, text, manner);
      const { chat } = message;
      const reaches = chat.id > 0 || isForBot(text, manner, api.lastPoster.get(chat.id));
      api.lastPoster.set(chat.id, person.id);
      if (!reaches) return undefined;
      return api.updates.add(manner.edited ? 'edited_message' : 'message', message);
    },
    presses(message, label) {
      const wanted = (text: string) => (typeof label === 'string' ? text === label : label.test(text));
      const current = api.messages.find(message.chat, message.id) ?? message;
      const button = current.buttons.flat().find(({ text }) => wanted(text));
      if (button === undefined) throw new Error(`No button ${label} on: ${JSON.stringify(current)}`);
      return press(current, button.data);
    },
    pressesData: press,
  };
}

function messageFrom(api: BotApi, person: Person, text: string, manner: Manner) {
  const chat = chatOf(api, manner.in ?? person.id);
  const date = seconds((manner.at ?? new Date()).getTime());
  const command = /^\/\S+/.exec(text)?.[0];
  return {
    message_id: api.nextId(),
    date,
    chat,
    from: manner.asChat === undefined ? person : anonymous,
    text,
    ...(command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }),
    ...(manner.thread && { message_thread_id: manner.thread, is_topic_message: true }),
    ...(manner.replyTo && {
      reply_to_message: { message_id: manner.replyTo.id, date, chat, from: botPerson },
    }),
    ...(manner.forwarded && { forward_origin: { type: 'hidden_user', sender_user_name: 'X', date } }),
    ...(manner.edited && { edit_date: date }),
    ...manner.facts,
    ...(manner.asChat && { sender_chat: { id: manner.asChat, type: 'supergroup', title: 'a chat' } }),
  };
}

/** What a message in the name of a chat says it is from: https://core.telegram.org/bots/api#message */
const anonymous: Person = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

function chatOf(api: BotApi, id: number) {
  return api.chats.known(id);
}

/** The privacy mode: https://core.telegram.org/bots/faq#what-messages-will-my-bot-get */
function isForBot(text: string, { replyTo }: Manner, lastPoster: number | undefined): boolean {
  if (replyTo !== undefined) return true;
  const [, at] = /^\/\w+(@\w+)?/.exec(text) ?? [undefined, undefined];
  if (at !== undefined) return at.toLowerCase() === `@${botPerson.username}`;
  return text.startsWith('/') && lastPoster === botPerson.id;
}
