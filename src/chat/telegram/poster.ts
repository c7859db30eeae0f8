import { fromInstant } from '../../domain/instant.ts';
import { type Address, addressName } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import { MessageRefused, PlaceClosed, PlatformError, type Posted } from '../platform.ts';
import { isFailure } from './failure.ts';
import { type HtmlText, htmlTexts } from './html.ts';
import type { Keyboards } from './keyboard.ts';
import type { Pictures } from './pictures.ts';
import type { Texts } from './texts.ts';

interface PosterTools {
  readonly texts: Texts;
  readonly pictures: Pictures;
  readonly keyboards: Keyboards;
  readonly timezone: string;
}

/** Messages into chats. */
export interface Poster {
  /** @throws {PlatformError} */
  post(to: Address, message: Message): Promise<Posted>;
  /** False when it cannot be edited any more. Progress is shown when there is room for it. @throws {PlatformError} */
  edit(posted: Posted, message: Message, still?: () => Promise<boolean>): Promise<boolean>;
}

export function poster({ texts, pictures, keyboards, timezone }: PosterTools): Poster {
  /** Everybody in a chat sees it: Telegram has no messages for one of them. */
  async function post({ onlyFor: _, ...to }: Address, message: Message): Promise<Posted> {
    const chat = chatOf(to);
    const keyboard = await keyboards.keyboardFor(chat, message);
    const { inReplyTo } = message;
    const options = { thread: threadOf(to), ...(inReplyTo !== undefined && { replyTo: Number(inReplyTo) }) };
    const all = htmlTexts(message, timezone);
    const shown = await pictures.send(chat, message.picture, all, { ...options, keyboard });
    if (shown?.withText) return { to, id: String(shown.id) };
    const id = await sendAll(chat, all, { ...options, keyboard });
    return { to, id: String(id) };
  }

  /** The buttons are under the last of them; the first stands for all. */
  async function sendAll(
    chat: number,
    [first, ...rest]: readonly HtmlText[],
    { keyboard, ...options }: Parameters<Texts['send']>[2] & object,
  ): Promise<number> {
    if (first === undefined) throw new PlatformError('A message without words cannot be posted on Telegram.');
    const id = await texts.send(chat, first, rest.length > 0 ? options : { ...options, keyboard });
    if (rest.length > 0) await sendAll(chat, rest, { ...options, keyboard });
    return id;
  }

  function showFrame({ to, id }: Posted, message: Message, still: () => Promise<boolean>): boolean {
    const chat = chatOf(to);
    texts.frame(chat, Number(id), async () => {
      if (!(await still())) return undefined;
      const keyboard = await keyboards.keyboardFor(chat, message);
      return { text: firstOf(htmlTexts(message, timezone)), keyboard };
    });
    return true;
  }

  /** Nobody is told of an edit. What took its time is a new message, below the old one. */
  async function postBelow(posted: Posted, message: Message): Promise<boolean> {
    const { tone, title } = message;
    const ended = firstOf(htmlTexts({ tone, title, blocks: [] }, timezone));
    await texts.edit(chatOf(posted.to), Number(posted.id), ended);
    await post(posted.to, { ...message, inReplyTo: posted.id });
    return true;
  }

  async function replace({ to, id }: Posted, message: Message): Promise<boolean> {
    const chat = chatOf(to);
    const keyboard = await keyboards.keyboardFor(chat, message);
    const [first, ...rest] = htmlTexts(message, timezone);
    const inPlace = await texts.edit(
      chat,
      Number(id),
      firstOf([first]),
      rest.length > 0 ? undefined : keyboard,
    );
    if (inPlace && rest.length > 0) await sendAll(chat, rest, { thread: threadOf(to), keyboard });
    return inPlace;
  }

  return {
    async post(to, message) {
      try {
        return await post(to, message);
      } catch (thrown) {
        if (!isFailure(thrown, 'refused', 'unauthorized', 'unparsable')) throw thrown;
        throw new MessageRefused(`Could not post in ${addressName(to)}: ${thrown.message}`, {
          cause: thrown,
        });
      }
    },
    async edit(posted, message, still = async () => true) {
      if (message.report === undefined) return showFrame(posted, message, still);
      try {
        return await (tookLong(message) ? postBelow(posted, message) : replace(posted, message));
      } catch (thrown) {
        if (thrown instanceof PlaceClosed || isFailure(thrown, 'refused', 'unauthorized')) return false;
        throw thrown;
      }
    },
  };
}

function firstOf([first]: readonly (HtmlText | undefined)[]): HtmlText {
  return first ?? { html: '…', plain: '…' };
}

const longInMinutes = 2;

function tookLong({ report }: Message): boolean {
  if (report?.kind !== 'run') return false;
  return fromInstant(report.finishedAt).diff(fromInstant(report.startedAt)).as('minutes') > longInMinutes;
}

function chatOf({ place }: Address): number {
  const chat = Number(place);
  if (Number.isSafeInteger(chat)) return chat;
  throw new PlatformError(
    `"telegram:${place}" is no chat: a chat has a number, which /backup whoami shows there.`,
  );
}

function threadOf({ thread }: Address): number | undefined {
  return thread === undefined ? undefined : Number(thread);
}
