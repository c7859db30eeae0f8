import type { Picture } from '../message.ts';
import { PlaceClosed } from '../platform.ts';
import type { ChatLog } from '../tools.ts';
import type { BotApi } from './api.ts';
import type { ChatCalls } from './calls.ts';
import type { HtmlText } from './html.ts';
import { extras, type TextOptions } from './texts.ts';

/** What a picture may say below itself. https://core.telegram.org/bots/api#sendphoto */
const longestCaption = 1024;

export interface Pictures {
  /** Posts a picture, with the words below it where they are few. Nothing when there is none or it fails: the words say the same. */
  send(
    chat: number,
    picture: Picture | undefined,
    words: HtmlText,
    options: TextOptions,
  ): Promise<{ readonly id: number; readonly withText: boolean } | undefined>;
}

export function pictures(api: BotApi, calls: ChatCalls, log: ChatLog): Pictures {
  return {
    async send(chat, picture, words, { keyboard, ...options }) {
      if (picture === undefined) return undefined;
      const withText = words.plain.length <= longestCaption;
      const caption = withText ? { caption: words.html, parse_mode: 'HTML' as const } : {};
      try {
        const photo = { source: Buffer.from(await picture.draw()), filename: picture.name };
        const along = extras(withText ? { ...options, keyboard } : options);
        const sent = await calls.send(chat, (chat_id) =>
          api.call('sendPhoto', { chat_id, photo, ...caption, ...along }),
        );
        return { id: sent.message_id, withText };
      } catch (thrown) {
        if (thrown instanceof PlaceClosed) throw thrown;
        const reason = thrown instanceof Error ? thrown.message : thrown;
        log.warn(`The picture ${picture.name} could not be shown, only its words: ${reason}`);
        return undefined;
      }
    },
  };
}
