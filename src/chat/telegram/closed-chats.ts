import { PlaceClosed } from '../platform.ts';
import type { ChatTools } from '../tools.ts';

/** Chats that nothing can be sent to: the bot was removed, or blocked. */
export interface ClosedChats {
  /** @throws {PlaceClosed} when nothing can be sent there. */
  refuse(chat: number): Promise<void>;
  /** From now on nothing is sent there, and it is said elsewhere, once. */
  close(chat: number, reason: string): Promise<void>;
  /** Somebody speaks there again, or let the bot in again. */
  open(chat: number): Promise<void>;
}

/** Tried again after this at the latest, should it have been opened while nobody looked. */
const lifetimeInSeconds = 24 * 3600;

export function closedChats({ notes, alert }: Pick<ChatTools, 'notes' | 'alert'>): ClosedChats {
  const keyOf = (chat: number) => `telegram.closed.${chat}`;

  return {
    async refuse(chat) {
      if ((await notes.recall(keyOf(chat))) !== undefined) throw new PlaceClosed(closedWords(chat));
    },
    async close(chat, reason) {
      if (!(await notes.claim(keyOf(chat), reason, lifetimeInSeconds))) return;
      const problem = `${closedWords(chat)} ${reason} Let the bot in again, or take the channel out of holdfast.yml.`;
      await alert({ platform: 'telegram', place: `telegram:${chat}`, problem });
    },
    open: (chat) => notes.forget(keyOf(chat)),
  };
}

function closedWords(chat: number): string {
  return `Nothing can be sent to the Telegram chat ${chat} any more.`;
}
