import type { Action } from '../message.ts';
import type { ChatTools } from '../tools.ts';
import type { Asker } from './asker.ts';
import { escapeHtml } from './inline.ts';
import { threadOf } from './messages.ts';
import { fullName } from './objection.ts';
import type { Texts } from './texts.ts';
import { type Typing, timeToTypeInSeconds } from './typed.ts';
import type { ChatMessage, Press } from './update.ts';

interface AskingTools extends Pick<ChatTools, 'clock'> {
  readonly texts: Texts;
  readonly typing: Typing;
}

type NamedAction = Pick<Action, 'label' | 'words'> & { readonly typed: string };

/** Asks whoever pressed a button to type a name as a reply; only that lets the button's words count. */
export function askingForName({ clock, texts, typing }: AskingTools) {
  return async (
    { from }: Press,
    { label, words, typed }: NamedAction,
    asker: Asker,
    message: ChatMessage,
  ): Promise<void> => {
    const name = fullName(from);
    const request = `to confirm "${label}", reply to this within ${timeToTypeInSeconds} s with`;
    const text = {
      plain: `${name}, ${request}: ${typed}`,
      html: `<a href="tg://user?id=${from.id}">${escapeHtml(name)}</a>, ${escapeHtml(request)}: <code>${escapeHtml(typed)}</code>`,
    };
    const options = { thread: threadOf(message), replyTo: message.message_id, forceReply: true };
    const prompt = await texts.send(asker.chat, text, options);
    await typing.await(asker.chat, prompt, {
      by: asker.from.id,
      typed,
      words,
      pressedOn: String(message.message_id),
      since: Math.floor(clock().toSeconds()),
    });
  };
}
