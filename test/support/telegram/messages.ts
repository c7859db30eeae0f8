import type { Chat } from './chats.ts';
import { BadEntities, visibleText } from './html.ts';
import { badRequest } from './refusal.ts';

export interface Button {
  readonly text: string;
  readonly data: string;
}

/** A message of the bot, as people see it now. */
export interface SentMessage {
  readonly id: number;
  readonly chat: number;
  readonly thread?: number;
  /** What one reads, markup taken out. */
  readonly text: string;
  readonly html: boolean;
  readonly buttons: readonly (readonly Button[])[];
  /** Asks the person to reply. */
  readonly forceReply: boolean;
  readonly replyTo?: number;
  readonly photo?: { readonly name: string; readonly bytes: number };
  /** How often it was edited. */
  readonly edits: number;
}

type Asked = { readonly [key: string]: unknown };

/** Everything the bot has posted, under Telegram's rules. */
export function messageBook(nextId: () => number) {
  const messages = new Map<string, SentMessage>();
  const keyOf = (chat: number, id: number) => `${chat} ${id}`;

  return {
    all: () => [...messages.values()],
    find: (chat: number, id: number) => messages.get(keyOf(chat, id)),
    remove: (chat: number, id: number) => messages.delete(keyOf(chat, id)),
    send(chat: Chat, asked: Asked): SentMessage {
      const sent = { ...contentOf(asked), ...placeOf(chat, asked), id: nextId(), edits: 0 };
      messages.set(keyOf(chat.id, sent.id), sent);
      return sent;
    },
    /** @throws {Refusal} when nothing would change, or there is nothing to edit. */
    edit(chat: Chat, asked: Asked, part: 'text' | 'markup'): SentMessage {
      const known = messages.get(keyOf(chat.id, Number(asked.message_id)));
      if (known === undefined) throw badRequest('message to edit not found');
      if (known.photo !== undefined && part === 'text')
        throw badRequest('there is no text in the message to edit');

      const buttons = buttonsOf(asked.reply_markup);
      const changed = part === 'text' ? { ...contentOf(asked), buttons } : { buttons };
      const edited = { ...known, ...changed, edits: known.edits + 1 };
      if (JSON.stringify({ ...edited, edits: 0 }) === JSON.stringify({ ...known, edits: 0 }))
        throw badRequest(notModified);
      messages.set(keyOf(chat.id, known.id), edited);
      return edited;
    },
  };
}

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

function placeOf(chat: Chat, asked: Asked): Pick<SentMessage, 'chat' | 'thread' | 'replyTo' | 'forceReply'> {
  const thread = asked.message_thread_id === undefined ? undefined : Number(asked.message_thread_id);
  if (thread !== undefined && !chat.is_forum) throw badRequest('message thread not found');
  const { message_id: replyTo } = parsed<{ message_id?: number }>(asked.reply_parameters) ?? {};
  const markup = parsed<{ force_reply?: boolean }>(asked.reply_markup);
  return {
    chat: chat.id,
    ...(thread !== undefined && { thread }),
    ...(replyTo !== undefined && { replyTo }),
    forceReply: markup?.force_reply === true,
  };
}

function contentOf(asked: Asked): Pick<SentMessage, 'text' | 'html' | 'buttons' | 'photo'> {
  const photo = asked.photo instanceof File ? asked.photo : undefined;
  const html = asked.parse_mode === 'HTML';
  const text = readText(String((photo ? asked.caption : asked.text) ?? ''), html);
  if (!photo && text.trim() === '') throw badRequest('message text is empty');
  if (text.length > (photo ? 1024 : 4096))
    throw badRequest(photo ? 'message caption is too long' : 'message is too long');
  if (photo && (photo.size === 0 || photo.size > 10 * 1024 * 1024)) throw badRequest('IMAGE_PROCESS_FAILED');
  return {
    text,
    html,
    buttons: buttonsOf(asked.reply_markup),
    ...(photo && { photo: { name: photo.name, bytes: photo.size } }),
  };
}

function readText(text: string, html: boolean): string {
  try {
    return html ? visibleText(text) : text;
  } catch (thrown) {
    if (thrown instanceof BadEntities) throw badRequest(`can't parse entities: ${thrown.message}`);
    throw thrown;
  }
}

/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
function buttonsOf(markup: unknown): Button[][] {
  const { inline_keyboard: rows = [] } =
    parsed<{ inline_keyboard?: { text: string; callback_data?: string }[][] }>(markup) ?? {};
  return rows.map((row) =>
    row.map(({ text, callback_data: data = '' }) => {
      const bytes = Buffer.byteLength(data);
      if (text === '') throw badRequest('BUTTON_TEXT_INVALID');
      if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
      return { text, data };
    }),
  );
}

/** A field of JSON, as an object or, in a form, as text. */
function parsed<Shape>(field: unknown): Shape | undefined {
  return (typeof field === 'string' ? JSON.parse(field) : field) as Shape | undefined; // The Bot API's own shapes.
}
