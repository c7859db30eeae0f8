import { z } from 'zod';

/*
 * What Telegram tells, as far as it is looked at. It comes from outside and gains fields with every version of the Bot API,
 * so only what is used is read. https://core.telegram.org/bots/api#update
 */

const Person = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
});
export type Person = z.infer<typeof Person>;

const Chat = z.object({ id: z.int(), type: z.enum(['private', 'group', 'supergroup', 'channel']) });
export type Chat = z.infer<typeof Chat>;

const ChatMessage = z.object({
  message_id: z.int(),
  /** Unix time, in seconds. */
  date: z.int(),
  chat: Chat,
  from: Person.optional(),
  /** Whoever speaks in the name of a chat has this, and a `from` that is nobody. */
  sender_chat: z.unknown().optional(),
  forward_origin: z.unknown().optional(),
  /** What `forward_origin` was called before Bot API 7.0. */
  forward_date: z.unknown().optional(),
  via_bot: z.unknown().optional(),
  /** The bot that sent it for a business account. */
  sender_business_bot: z.unknown().optional(),
  /** Sent by Telegram itself: a greeting, or words for when somebody is away. */
  is_from_offline: z.boolean().optional(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  reply_to_message: z.object({ message_id: z.int() }).optional(),
  text: z.string().optional(),
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

const Press = z.object({
  id: z.string(),
  from: Person,
  data: z.string().optional(),
  /** Left out, or without a text, when it is too old to be shown. */
  message: ChatMessage.optional(),
});
export type Press = z.infer<typeof Press>;

const Membership = z.object({
  chat: Chat,
  from: Person,
  new_chat_member: z.object({
    status: z.string(),
    can_send_messages: z.boolean().optional(),
    can_post_messages: z.boolean().optional(),
  }),
  old_chat_member: z.object({ status: z.string() }),
});
export type Membership = z.infer<typeof Membership>;

export const Update = z.object({
  update_id: z.int(),
  message: ChatMessage.optional(),
  edited_message: ChatMessage.optional(),
  callback_query: Press.optional(),
  my_chat_member: Membership.optional(),
});
export type Update = z.infer<typeof Update>;

/** What Telegram is asked to tell. It remembers this until it is told otherwise. */
export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
