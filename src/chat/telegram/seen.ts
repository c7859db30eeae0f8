import type { Notes } from '../tools.ts';

/** Telegram keeps what nobody took for 24 hours. https://core.telegram.org/bots/api#getting-updates */
const rememberedInSeconds = 25 * 3600;

/** Enough for a process that has to do without its notes for a while. */
const keptHere = 1000;

/** True for an update the first time only, in whichever process: one that comes again has been dealt with. */
export function onlyOnce(botId: string, notes: Notes): (updateId: number) => Promise<boolean> {
  const here = new Set<number>();

  return async (updateId) => {
    if (here.has(updateId)) return false;
    here.add(updateId);
    const [oldest] = here;
    if (here.size > keptHere && oldest !== undefined) here.delete(oldest);
    return notes.claim(`telegram.update.${botId}.${updateId}`, true, rememberedInSeconds);
  };
}
