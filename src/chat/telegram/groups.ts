import { z } from 'zod';
import type { ChatTools } from '../tools.ts';

/** Under which id a group is known here, whatever Telegram calls it now. */
export interface Groups {
  /** The id to send to. */
  currentId(chat: number): Promise<number>;
  /** The id that rules, channels and cards have: the one from before the group became a supergroup. */
  knownAs(chat: number): Promise<number>;
  /** A group has a new id from now on. */
  learn(from: number, to: number): Promise<void>;
}

const lifetimeInSeconds = 400 * 24 * 3600;
const Id = z.int();

/**
 * A group that becomes a supergroup gets a new id. Both are kept, so that what was configured for the old one goes on.
 * https://core.telegram.org/bots/api#responseparameters
 */
export function groups({ notes, log }: Pick<ChatTools, 'notes' | 'log'>): Groups {
  const seen = new Map<string, number>();

  async function lookUp(key: string, otherwise: number): Promise<number> {
    const known = seen.get(key) ?? Id.safeParse(await notes.recall(key)).data;
    if (known !== undefined) seen.set(key, known);
    return known ?? otherwise;
  }

  return {
    currentId: (chat) => lookUp(`telegram.moved.${chat}`, chat),
    knownAs: (chat) => lookUp(`telegram.before.${chat}`, chat),
    async learn(from, to) {
      if (seen.get(`telegram.moved.${from}`) === to) return;
      seen.set(`telegram.moved.${from}`, to).set(`telegram.before.${to}`, from);
      log.warn(
        `The Telegram group ${from} became a supergroup: its id is now ${to}. Holdfast follows it; write telegram:${to} in holdfast.yml when you next change it.`,
      );
      await notes.remember(`telegram.moved.${from}`, to, lifetimeInSeconds);
      await notes.remember(`telegram.before.${to}`, from, lifetimeInSeconds);
    },
  };
}
