import { fromInstant } from '../../domain/instant.ts';
import { type Address, addressName } from '../../domain/who.ts';
import type { Message } from '../message.ts';
import { MessageRefused, PlaceClosed, PlatformError, type Posted } from '../platform.ts';
import { isFailure } from './failure.ts';
import { htmlText } from './html.ts';
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
    const text = htmlText(message, timezone);
    const shown = await pictures.send(chat, message.picture, text, { ...options, keyboard });
    if (shown?.withText) return { to, id: String(shown.id) };
    const id = await texts.send(chat, text, { ...options, keyboard });
    return { to, id: String(id) };
  }

  function showFrame({ to, id }: Posted, message: Message, still: () => Promise<boolean>): boolean {
    const chat = chatOf(to);
    texts.frame(chat, Number(id), async () => {
      if (!(await still())) return undefined;
      const keyboard = await keyboards.keyboardFor(chat, message);
      return { text: htmlText(message, timezone), keyboard };
    });
    return true;
  }

  /** Nobody is told of an edit. What took its time is a new message, below the old one. */
  async function postBelow(posted: Posted, message: Message): Promise<boolean> {
    const { tone, title } = message;
    const ended = htmlText({ tone, title, blocks: [] }, timezone);
    await texts.edit(chatOf(posted.to), Number(posted.id), ended);
    await post(posted.to, { ...message, inReplyTo: posted.id });
    return true;
  }

  async function replace({ to, id }: Posted, message: Message): Promise<boolean> {
    const chat = chatOf(to);
    const keyboard = await keyboards.keyboardFor(chat, message);
    return texts.edit(chat, Number(id), htmlText(message, timezone), keyboard);
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
