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
  const muted = new Map<number, Refusal>();
  const topics = new Map<string, string>();

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
    /** From here on nothing of the bot is taken there, though it is still in it; without a reason it is again. */
    mute(id: number, reason?: string, code = 400): void {
      const prefix = code === 403 ? 'Forbidden' : 'Bad Request';
      if (reason === undefined) muted.delete(id);
      else muted.set(id, new Refusal(code, `${prefix}: ${reason}`));
    },
    /** From here on nothing can be posted in the topic: it was closed or deleted. */
    closeTopic: (chat: number, thread: number, reason: string) =>
      void topics.set(`${chat} ${thread}`, reason),
    /** @throws {Refusal} when the bot cannot write there. */
    writable(id: number, thread?: number): Chat {
      const chat = this.readable(id);
      const refusal = muted.get(id);
      if (refusal !== undefined) throw refusal;
      const gone = thread === undefined ? undefined : topics.get(`${id} ${thread}`);
      if (gone !== undefined) throw badRequest(gone);
      return chat;
    },
    /** What people see of it, whatever becomes of the bot. */
    known: (id: number): Chat =>
      chats.get(movedTo.get(id) ?? id) ?? { id, type: id < 0 ? 'group' : 'private' },
    /** @throws {Refusal} when the bot is not in it. */
    readable(id: number): Chat {
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
