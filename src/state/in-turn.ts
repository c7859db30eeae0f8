import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type State, StateError } from './state.ts';

/** Longer than the work takes; a process that dies in it keeps the others waiting for so long. */
const holdInSeconds = 20;
const pauseInMs = 50;
const mostTries = 600;

/** Does `work` while no other process does any under the same name: for facts that are read, changed and written. @throws {StateError} */
export async function inTurn<Result>(
  name: string,
  state: State,
  work: () => Promise<Result>,
): Promise<Result> {
  const turn = `turn.${name}`;
  for (let tries = 0; !(await state.claim(turn, randomUUID(), holdInSeconds)); tries += 1) {
    if (tries === mostTries)
      throw new StateError(`Others have been busy with the ${name} for too long. Try again.`);
    await pause(pauseInMs);
  }
  try {
    return await work();
  } finally {
    await state.forget(turn);
  }
}
