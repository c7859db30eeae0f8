import { randomUUID } from 'node:crypto';
import type { State } from '../state/state.ts';

/** Which of the bot processes on one queue does what only one of them should. */
export interface Leads {
  /** Whether it is this one that does `what`. Another takes over some seconds after it last asked. @throws {StateError} */
  isMine(what: string): Promise<boolean>;
}

const heldForSeconds = 10;
/** What was found out is believed for so long; well below the time it is held for. */
const believedForMs = 3_000;

export function openLeads(state: State): Leads {
  const me = randomUUID();
  const known = new Map<string, { readonly mine: boolean; readonly until: number }>();

  async function takeOrKeep(key: string): Promise<boolean> {
    if (await state.claim(key, me, heldForSeconds)) return true;
    if ((await state.recall(key)) !== me) return false;
    await state.remember(key, me, heldForSeconds);
    return true;
  }

  return {
    async isMine(what) {
      const before = known.get(what);
      if (before !== undefined && performance.now() < before.until) return before.mine;

      const mine = await takeOrKeep(`lead.${what}`);
      known.set(what, { mine, until: performance.now() + believedForMs });
      return mine;
    },
  };
}
