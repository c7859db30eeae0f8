import type { Standing } from '../../domain/access.ts';
import type { Address, Who } from '../../domain/who.ts';
import type { Administrators } from './administrators.ts';
import { TelegramFailure } from './failure.ts';
import type { Groups } from './groups.ts';
import { fullName } from './objection.ts';
import type { Chat, Person } from './update.ts';

/** Somebody in a chat, as rules know both. */
export interface Asker {
  readonly from: Who;
  readonly standing: Standing;
  readonly where: Address;
  /** The chat's id as it is known here. */
  readonly chat: number;
}

/**
 * `telegram:77`; administrators of the chat they speak in are also `telegram:admins:-100`. While Telegram does not say who they
 * are, that is unknown.
 */
export function askerIn(groups: Groups, administrators: Administrators) {
  return async (person: Person, chat: Chat, thread?: number): Promise<Asker> => {
    const known = await groups.knownAs(chat.id);
    const admins = `telegram:admins:${known}`;
    const isAdministrator = await unlessUntold(administrators.includes(chat, person.id));
    return {
      chat: known,
      where: addressOf(known, thread),
      from: {
        id: `telegram:${person.id}`,
        name: fullName(person),
        groups: isAdministrator ? [admins] : [],
      },
      standing: isAdministrator === undefined ? { unknown: [admins] } : {},
    };
  };
}

async function unlessUntold(told: Promise<boolean>): Promise<boolean | undefined> {
  try {
    return await told;
  } catch (thrown) {
    if (thrown instanceof TelegramFailure) return undefined;
    throw thrown;
  }
}

export function addressOf(chat: number, thread?: number): Address {
  const place = { platform: 'telegram', place: String(chat) };
  return thread === undefined ? place : { ...place, thread: String(thread) };
}
