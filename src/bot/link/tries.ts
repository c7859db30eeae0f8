import { createHash } from 'node:crypto';
import type { State } from '../../state/state.ts';

const mostTries = 5;
const withinSeconds = 10 * 60;

/** Whether somebody has said too many codes that there are not. @throws {StateError} */
export async function hasTriedTooOften(id: string, state: State): Promise<boolean> {
  return (await state.entries(keyOf(id))).length >= mostTries;
}

/** @throws {StateError} */
export async function countTry(id: string, state: State): Promise<void> {
  await state.append(keyOf(id), true, { atMost: mostTries, lifetimeInSeconds: withinSeconds });
}

/** It names nobody, and stays when somebody removes all that does. */
function keyOf(id: string): string {
  return `link.tries.${createHash('sha256').update(id).digest('hex')}`;
}
