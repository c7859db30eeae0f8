import type { Chat } from './update.ts';

/** What somebody wants of this bot: something done, or to get to know it. */
export type Heard =
  | { readonly is: 'words'; readonly words: string }
  /** `/start`: whoever opens the bot presses it. */
  | { readonly is: 'start' };

const command = /^\/([a-z0-9_]+)(?:@([a-z0-9_]+))?(?=\s|$)/i;

/** What the bot's codes for linking begin with: https://t.me/the_bot?start=lk_… brings one. */
const linkCode = /^lk_\w+$/;

/**
 * The words in a message that are meant for this bot. In a group that is `/backup …`, `/backup@bot …` or `/run@bot …`; in a private
 * chat everything is, and a command may be said by itself: `/run shop`. What stands behind is left to the one parser there is.
 */
export function hear(text: string, chat: Chat['type'], botName: string): Heard | undefined {
  const [whole = '', name = '', at] = command.exec(text) ?? [];
  if (at !== undefined && at.toLowerCase() !== botName.toLowerCase()) return undefined;

  const rest = text.slice(whole.length).trimStart();
  const verb = name.toLowerCase();
  if (verb === 'start') return startedWith(rest);
  if (verb === 'backup') return { is: 'words', words: rest };
  // In a group a command by itself is everybody's, unless it names this bot.
  if (chat !== 'private' && at === undefined) return undefined;
  return { is: 'words', words: name === '' ? text : `${name} ${rest}`.trimEnd() };
}

function startedWith(payload: string): Heard {
  return linkCode.test(payload) ? { is: 'words', words: `link ${payload}` } : { is: 'start' };
}
