import type { DateTime } from 'luxon';
import type { BotApi } from './api.ts';
import type { Chat } from './update.ts';

/** Who is in charge of which chat. */
export interface Administrators {
  /** @throws {TelegramFailure} when Telegram does not say. */
  includes(chat: Chat, person: number): Promise<boolean>;
}

/** Whoever stops being one may still act as one for so long. */
const trustedForInSeconds = 60;

/** The creator and the administrators of a group, as Telegram knows them. In a private chat there are none. */
export function administrators(api: BotApi, clock: () => DateTime): Administrators {
  const known = new Map<number, { readonly until: DateTime; readonly people: Promise<Set<number>> }>();

  async function fetchPeople(chat_id: number): Promise<Set<number>> {
    const members = await api.call('getChatAdministrators', { chat_id });
    return new Set(members.map(({ user }) => user.id));
  }

  function peopleOf(chat: number): Promise<Set<number>> {
    const before = known.get(chat);
    if (before !== undefined && before.until > clock()) return before.people;
    const people = fetchPeople(chat);
    known.set(chat, { until: clock().plus({ seconds: trustedForInSeconds }), people });
    people.catch(() => known.delete(chat)); // Whoever asked is told; the next one asks again.
    return people;
  }

  return {
    async includes({ id, type }, person) {
      return type !== 'private' && (await peopleOf(id)).has(person);
    },
  };
}
