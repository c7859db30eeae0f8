import type { Address } from '../../domain/who.ts';
import type { Action, Message } from '../message.ts';
import type { Answer, Refuse, Say } from '../platform.ts';
import type { ChatTools } from '../tools.ts';
import { alertOf } from './alert.ts';
import type { BotApi } from './api.ts';
import { askingForName } from './ask-for-name.ts';
import { type Asker, addressOf, type askerIn } from './asker.ts';
import type { ChatCalls } from './calls.ts';
import { isFailure } from './failure.ts';
import type { Groups } from './groups.ts';
import type { Keyboard, Keyboards } from './keyboard.ts';
import { threadOf } from './messages.ts';
import { notDone } from './own-words.ts';
import type { Texts } from './texts.ts';
import type { Typing } from './typed.ts';
import type { ChatMessage, Press } from './update.ts';

interface PressTools extends Pick<ChatTools, 'clock'> {
  readonly api: BotApi;
  readonly answer: Answer;
  readonly refuse: Refuse;
  readonly askerIn: ReturnType<typeof askerIn>;
  readonly calls: ChatCalls;
  readonly groups: Groups;
  readonly keyboards: Keyboards;
  readonly say: Say;
  readonly texts: Texts;
  readonly typing: Typing;
}

const failed = 'That did not work just now. Press it again in a moment.';
const expired = 'These buttons have expired. Type what you want instead: /backup help';

/** What people press. A press is answered in any case, and asks as whoever pressed. */
export function presses({
  clock,
  api,
  answer,
  refuse,
  askerIn,
  calls,
  groups,
  keyboards,
  say,
  texts,
  typing,
}: PressTools) {
  const askForName = askingForName({ clock, texts, typing });

  /** False when Telegram says that the press is too old: then nobody waits for it any more. */
  async function acknowledge({ id }: Press): Promise<boolean> {
    try {
      await api.call('answerCallbackQuery', { callback_query_id: id });
      return true;
    } catch (thrown) {
      return !isFailure(thrown, 'refused'); // Whatever else it is, only the person's button goes on blinking.
    }
  }

  /** Shows words over the chat, to whoever pressed; false when Telegram does not do that, or does not say. */
  async function isShownOver({ id: callback_query_id }: Press, text: string): Promise<boolean> {
    return api.call('answerCallbackQuery', { callback_query_id, text, show_alert: true }).catch(() => false);
  }

  /** What others may read, too, if it has to be a message. */
  async function tellOver(press: Press, text: string): Promise<void> {
    if (!(await isShownOver(press, text))) await tell(press, press.message, notDone(text));
  }

  /** What nobody else is to read. */
  async function tellAlone(press: Press, words: Message): Promise<void> {
    if (!(await isShownOver(press, alertOf(words)))) await say(conversationWith(press), words);
  }

  async function tell(press: Press, message: ChatMessage | undefined, words: Message): Promise<void> {
    if (message === undefined) return say(conversationWith(press), words);
    const where = addressOf(await groups.knownAs(message.chat.id), threadOf(message));
    const inReplyTo = String(message.message_id);
    await say({ ...where, onlyFor: `telegram:${press.from.id}` }, { ...words, inReplyTo });
  }

  async function carryOut(
    press: Press,
    action: Pressable,
    asker: Asker,
    message: ChatMessage,
  ): Promise<void> {
    const ask = {
      ...{ words: action.words, from: asker.from, standing: asker.standing, where: asker.where },
      private: message.chat.type === 'private',
      pressedOn: { to: asker.where, id: String(message.message_id) },
    };
    const refusal = await refuse(ask);
    if (refusal !== undefined) return tellAlone(press, refusal);
    if (!(await acknowledge(press))) return tell(press, message, notDone(tooLate));
    if (action.typed !== undefined)
      return askForName(press, { ...action, typed: action.typed }, asker, message);
    await answer(ask);
  }

  async function turnTo(chat: number, { message_id }: ChatMessage, keyboard?: Keyboard): Promise<void> {
    const reply_markup = keyboard ?? { inline_keyboard: [] };
    const edit = (chat_id: number) =>
      api.call('editMessageReplyMarkup', { chat_id, message_id, reply_markup });
    await calls.send(chat, edit, String(message_id)).catch((thrown) => {
      if (!isFailure(thrown, 'unchanged', 'uneditable')) throw thrown;
    });
  }

  async function seeTo(press: Press, message: ChatMessage): Promise<void> {
    const asker = await askerIn(press.from, message.chat, threadOf(message));
    const pressed = await keyboards.pressed(asker.chat, press.data ?? '');
    switch (pressed.is) {
      case 'action':
        return carryOut(press, pressed.action, asker, message);
      case 'page':
        await acknowledge(press);
        return turnTo(asker.chat, message, pressed.keyboard);
      case 'expired':
        await tellOver(press, expired);
        return turnTo(asker.chat, message);
    }
  }

  return {
    async onPress(press: Press): Promise<void> {
      const { message } = press;
      if (message === undefined) return tellOver(press, expired);
      try {
        await seeTo(press, message);
      } catch (thrown) {
        await tellOver(press, failed); // Whoever pressed would wait for it.
        throw thrown;
      }
    },
  };
}

function conversationWith({ from }: Press): Address {
  return { ...addressOf(from.id), onlyFor: `telegram:${from.id}` };
}

type Pressable = Pick<Action, 'label' | 'words' | 'typed'>;

const tooLate = 'The button was pressed while Holdfast was away. Press it again if it is still wanted.';
