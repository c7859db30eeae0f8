import { randomUUID } from 'node:crypto';
import type { State } from '../state/state.ts';

/** Which of the bot processes on one queue does what only one of them should. */
export interface Lead {
  /** Another takes over some seconds after the one that has it was last asked. @throws {StateError} */
  isMine(): Promise<boolean>;
}

const heldForSeconds = 10;
/** What was found out is believed for so long; well below the time it is held for. */
const believedForMs = 3_000;

export function openLead(what: string, state: State): Lead {
  const me = randomUUID();
  const key = `lead.${what}`;
  let mine = false;
  let askAgainAt = 0;

  async function takeOrKeep(): Promise<boolean> {
    if (await state.claim(key, me, heldForSeconds)) return true;
    if ((await state.recall(key)) !== me) return false;
    await state.remember(key, me, heldForSeconds);
    return true;
  }

  return {
    async isMine() {
      if (Date.now() < askAgainAt) return mine;
      mine = await takeOrKeep();
      askAgainAt = Date.now() + believedForMs;
      return mine;
    },
  };
}
