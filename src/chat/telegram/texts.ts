import type { BotApi } from './api.ts';
import type { ChatCalls } from './calls.ts';
import { isFailure } from './failure.ts';
import type { HtmlText } from './html.ts';
import type { Keyboard } from './keyboard.ts';

/** Where a text goes, and what goes with it. */
export interface TextOptions {
  readonly thread?: number | undefined;
  readonly keyboard?: Keyboard | undefined;
  /** The message it answers. */
  readonly replyTo?: number | undefined;
  /** Opens the keyboard for a reply to it. */
  readonly forceReply?: boolean;
}

/** Puts texts into chats. Markup that Telegram does not understand is left out; the words come in any case. */
export interface Texts {
  /** The id of the new message. @throws {PlatformError} */
  send(chat: number, text: HtmlText, options?: TextOptions): Promise<number>;
  /** False when the message cannot be edited any more. @throws {PlatformError} */
  edit(chat: number, message: number, text: HtmlText, keyboard?: Keyboard): Promise<boolean>;
  /** It is drawn when its turn has come; nothing when it is not wanted any more. */
  frame(
    chat: number,
    message: number,
    draw: () => Promise<{ text: HtmlText; keyboard?: Keyboard | undefined } | undefined>,
  ): void;
}

export function texts(api: BotApi, calls: ChatCalls): Texts {
  const edited = (chat_id: number, message_id: number, text: HtmlText, keyboard?: Keyboard) =>
    asHtmlOrPlain(text, (form) =>
      api.call('editMessageText', {
        chat_id,
        message_id,
        ...form,
        ...noPreview,
        ...(keyboard && { reply_markup: keyboard }),
      }),
    );

  return {
    async send(chat, text, options = {}) {
      const { replyTo: _, ...alone } = options;
      const send = (how: TextOptions) =>
        calls.send(chat, (chat_id) =>
          asHtmlOrPlain(text, (form) =>
            api.call('sendMessage', { chat_id, ...form, ...noPreview, ...extras(how) }),
          ),
        );
      const message = await send(options).catch((thrown) => {
        if (isFailure(thrown, 'nothing-to-answer')) return send(alone);
        throw thrown;
      });
      return message.message_id;
    },
    async edit(chat, message, text, keyboard) {
      try {
        await calls.send(chat, (chat_id) => edited(chat_id, message, text, keyboard), String(message));
        return true;
      } catch (thrown) {
        if (isFailure(thrown, 'unchanged')) return true; // It says what it should.
        if (isFailure(thrown, 'uneditable')) return false;
        throw thrown;
      }
    },
    frame(chat, message, draw) {
      const send = async (chat_id: number) => {
        const frame = await draw();
        if (frame === undefined) return;
        await edited(chat_id, message, frame.text, frame.keyboard).catch((thrown) => {
          if (!isFailure(thrown, 'unchanged')) throw thrown;
        });
      };
      calls.frame(chat, send, String(message));
    },
  };
}

const noPreview = { link_preview_options: { is_disabled: true } };

/** What goes along with any new message. */
export function extras({ thread, keyboard, replyTo, forceReply }: TextOptions) {
  const reply_markup = keyboard ?? (forceReply ? { force_reply: true as const, selective: true } : undefined);
  return {
    ...(thread !== undefined && { message_thread_id: thread }),
    ...(reply_markup && { reply_markup }),
    // The card may have been deleted; the result is posted all the same.
    ...(replyTo !== undefined && {
      reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
    }),
  };
}

type Form = { readonly text: string; readonly parse_mode?: 'HTML' };

async function asHtmlOrPlain<Sent>(
  { html, plain }: HtmlText,
  send: (form: Form) => Promise<Sent>,
): Promise<Sent> {
  try {
    return await send({ text: html, parse_mode: 'HTML' });
  } catch (thrown) {
    if (!isFailure(thrown, 'unparsable')) throw thrown;
    return send({ text: plain });
  }
}
