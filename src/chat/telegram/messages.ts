import { DateTime } from 'luxon';
import type { Message } from '../message.ts';
import type { Answer, Say } from '../platform.ts';
import type { ChatTools } from '../tools.ts';
import { type Asker, addressOf, type askerIn } from './asker.ts';
import type { Groups } from './groups.ts';
import { type Heard, hear } from './heard.ts';
import { senderOf } from './objection.ts';
import { notDone, tooOld, welcome } from './own-words.ts';
import type { TypedReply, Typing } from './typed.ts';
import type { ChatMessage } from './update.ts';

interface MessageTools extends Pick<ChatTools, 'clock' | 'log'> {
  readonly botName: string;
  readonly answer: Answer;
  readonly askerIn: ReturnType<typeof askerIn>;
  readonly groups: Groups;
  readonly say: Say;
  readonly typing: Typing;
}

/** After an outage Telegram brings what was said meanwhile; words older than this are answered, not done. */
const freshForInMinutes = 10;

/** What people write. */
export function messages({ clock, log, botName, answer, askerIn, groups, say, typing }: MessageTools) {
  async function tell(message: ChatMessage, said: Message): Promise<void> {
    const where = addressOf(await groups.knownAs(message.chat.id), threadOf(message));
    const sender = senderOf(message);
    const onlyFor = 'person' in sender && { onlyFor: `telegram:${sender.person.id}` };
    await say({ ...where, ...onlyFor }, { ...said, inReplyTo: String(message.message_id) });
  }

  async function hearOut(message: ChatMessage, heard: Heard): Promise<void> {
    const sender = senderOf(message);
    if ('objection' in sender) return tell(message, notDone(sender.objection));

    try {
      await hearAsker(message, heard, await askerIn(sender.person, message.chat, threadOf(message)));
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      log.error(`Something said on Telegram could not be answered: ${reason}`);
      await tell(message, notDone(`That did not work just now: ${reason} Ask again.`));
    }
  }

  async function hearAsker(
    message: ChatMessage,
    heard: Heard,
    { from, standing, where }: Asker,
  ): Promise<void> {
    if (heard.is === 'start')
      return say({ ...where, onlyFor: from.id }, welcome(from.id, `telegram:${where.place}`));

    const askedAt = DateTime.fromSeconds(message.date);
    if (clock().diff(askedAt).as('minutes') > freshForInMinutes)
      return say({ ...where, onlyFor: from.id }, tooOld(heard.words, askedAt, clock()));
    await answer({ words: heard.words, from, standing, where, private: message.chat.type === 'private' });
  }

  /** True when the message was a reply to a question for a name. */
  async function confirm(message: ChatMessage, text: string): Promise<boolean> {
    const prompt = message.reply_to_message?.message_id;
    const sender = senderOf(message);
    if (prompt === undefined || 'objection' in sender) return false;

    const { from, standing, where, chat } = await askerIn(sender.person, message.chat, threadOf(message));
    const reply = await typing.reply(chat, prompt, { by: from.id, text, at: message.date });
    await carryOut(reply, message, async ({ words, pressedOn }) => {
      await answer({ words, from, standing, where, pressedOn: { to: where, id: pressedOn } });
    });
    return reply.is !== 'other';
  }

  type Confirmed = Extract<TypedReply, { is: 'confirmed' }>;

  async function carryOut(
    reply: TypedReply,
    message: ChatMessage,
    ask: (confirmed: Confirmed) => Promise<void>,
  ): Promise<void> {
    if (reply.is === 'confirmed') await ask(reply);
    if (reply.is === 'wrong') await tell(message, notDone(reply.reason));
  }

  return {
    async onMessage(message: ChatMessage): Promise<void> {
      const { chat, text, migrate_to_chat_id: to, migrate_from_chat_id: from } = message;
      if (to !== undefined) return groups.learn(chat.id, to);
      if (from !== undefined) return groups.learn(from, chat.id);
      if (text === undefined || chat.type === 'channel') return;
      if (await confirm(message, text)) return;

      const heard = hear(text, chat.type, botName);
      if (heard !== undefined) await hearOut(message, heard);
    },
    /** What was said first has been dealt with; it is not done again under other words. */
    async onEdited(message: ChatMessage): Promise<void> {
      const { chat, text = '' } = message;
      if (hear(text, chat.type, botName)?.is !== 'words') return;
      await tell(message, notDone('A message that was changed is not done again. Send it as a new one.'));
    },
  };
}

/** Outside of a forum Telegram calls any chain of replies a thread, too. */
export function threadOf(
  message: Pick<ChatMessage, 'message_thread_id' | 'is_topic_message'>,
): number | undefined {
  return message.is_topic_message ? message.message_thread_id : undefined;
}
