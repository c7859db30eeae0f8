import type { ChatMessage, Person } from './update.ts';

/** Somebody Telegram vouches for, or why nobody is behind these words. */
export type Sender = { readonly person: Person } | { readonly objection: string };

/**
 * Who says this. What is said in the name of a chat, by somebody else before, or through another bot is nobody's word.
 * https://core.telegram.org/bots/api#message
 */
export function senderOf(message: ChatMessage): Sender {
  const { from } = message;
  if (from === undefined || message.sender_chat !== undefined)
    return {
      objection: 'Speak as yourself: nobody can be told from an anonymous administrator or a channel.',
    };
  if (message.forward_origin !== undefined || message.forward_date !== undefined)
    return { objection: 'A forwarded message is somebody else’s word. Type it yourself.' };
  if (from.is_bot || message.via_bot !== undefined || message.sender_business_bot !== undefined)
    return { objection: 'A message made by another bot is not yours. Type it yourself.' };
  if (message.is_from_offline)
    return { objection: 'A message that Telegram sent by itself is not done. Type it yourself.' };
  return { person: from };
}

export function fullName({ first_name, last_name }: Person): string {
  return [first_name, last_name].filter((part) => part !== undefined && part !== '').join(' ');
}
