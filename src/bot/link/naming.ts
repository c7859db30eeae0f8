import type { State } from '../../state/state.ts';

/*
 * Which keys of the state name an account, so that all of them can be removed: nobody can search the state.
 */

const limits = { atMost: 100, lifetimeInSeconds: 10 * 365 * 24 * 3600 };

/** Notes a key before it is written. @throws {StateError} */
export async function noteNaming(ids: readonly string[], key: string, state: State): Promise<void> {
  for (const id of ids) await state.append(listOf(id), key, limits);
}

/** @throws {StateError} */
export async function keysNaming(id: string, state: State): Promise<string[]> {
  return (await state.entries(listOf(id))).filter((key) => typeof key === 'string');
}

/** The list itself, once its keys are gone. @throws {StateError} */
export async function forgetNaming(id: string, state: State): Promise<void> {
  await state.forget(listOf(id));
}

function listOf(id: string): string {
  return `link.naming.${id}`;
}
