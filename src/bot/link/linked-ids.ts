import { z } from 'zod';
import { PersonId, type Who } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';

/** Until somebody removes it. */
const lifetimeInSeconds = 10 * 365 * 24 * 3600;

const Ids = z.array(PersonId);

/** The same person with their accounts on other platforms: rules that name one of them count for all. @throws {StateError} */
export async function withLinks(who: Who, state: State): Promise<Who> {
  const also = await linkedTo(who.id, state);
  return also.length === 0 ? who : { ...who, also };
}

/** @throws {StateError} */
export async function linkedTo(id: string, state: State): Promise<string[]> {
  if (isConsole(id)) return []; // Nobody is linked with the operator, and the console answers without a state.
  return Ids.safeParse(await state.recall(keyOf(id))).data ?? [];
}

/** @throws {StateError} */
export async function link(first: string, second: string, state: State): Promise<void> {
  await state.remember(keyOf(first), [second], lifetimeInSeconds);
  await state.remember(keyOf(second), [first], lifetimeInSeconds);
}

/** Gives what was linked with it. @throws {StateError} */
export async function unlink(id: string, state: State): Promise<string[]> {
  const others = await linkedTo(id, state);
  for (const each of [id, ...others]) await state.forget(keyOf(each));
  return others;
}

export function isConsole(id: string): boolean {
  return id.startsWith('console:');
}

function keyOf(id: string): string {
  return `linked.${id}`;
}
