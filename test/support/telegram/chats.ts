import { badRequest, Refusal } from './refusal.ts';

export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string;
  readonly is_forum?: boolean;
}

export interface Member {
  readonly user: Person;
  readonly status: 'creator' | 'administrator' | 'member';
}

export interface Person {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
}

/** What the bot can write to, and what keeps it from it. */
export function chatBook() {
  const chats = new Map<number, Chat>();
  const admins = new Map<number, Member[]>();
  const movedTo = new Map<number, number>();
  const closed = new Map<number, string>();

  return {
    add(chat: Chat, administrators: readonly Member[] = []): Chat {
      chats.set(chat.id, chat);
      admins.set(chat.id, [...administrators]);
      return chat;
    },
    administrators: (id: number) => admins.get(id) ?? [],
    setAdministrators: (id: number, members: readonly Member[]) => admins.set(id, [...members]),
    /** From here on the old id is answered with the new one. */
    move(from: number, to: number): void {
      movedTo.set(from, to);
      chats.set(to, { ...chats.get(from), id: to, type: 'supergroup' });
      admins.set(to, admins.get(from) ?? []);
    },
    /** From here on nothing can be sent there, for this reason; without a reason it can again. */
    close(id: number, reason?: string): void {
      if (reason === undefined) closed.delete(id);
      else closed.set(id, reason);
    },
    /** @throws {Refusal} when the bot cannot write there. */
    writable(id: number): Chat {
      const newId = movedTo.get(id);
      if (newId !== undefined) {
        const moved = 'Bad Request: group chat was upgraded to a supergroup chat';
        throw new Refusal(400, moved, { migrate_to_chat_id: newId });
      }
      const reason = closed.get(id);
      if (reason !== undefined) throw new Refusal(403, `Forbidden: ${reason}`);
      const chat = chats.get(id);
      if (chat === undefined) throw badRequest('chat not found');
      return chat;
    },
  };
}
