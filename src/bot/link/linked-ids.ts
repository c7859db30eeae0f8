import { z } from 'zod';
import type { Ask, Platform } from '../../chat/platform.ts';
import type { Standing } from '../../domain/access.ts';
import { PersonId } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';

/** Until somebody removes it. */
const lifetimeInSeconds = 10 * 365 * 24 * 3600;

const Ids = z.array(PersonId);

/**
 * What somebody asks, as the same person with their accounts on other platforms: rules that name one of them count for all, and
 * the groups of the others take rights. @throws {StateError}
 */
export async function withLinks(
  ask: Ask,
  { state, platforms }: { readonly state: State; readonly platforms: readonly Platform[] },
): Promise<Ask> {
  const also = await linkedTo(ask.from.id, state);
  if (also.length === 0) return ask;
  const standings = [ask.standing ?? {}, ...(await Promise.all(also.map((id) => standingOf(id, platforms))))];
  return { ...ask, from: { ...ask.from, also }, standing: together(standings) };
}

/** An account whose platform this process does not have may be in any of its groups. */
async function standingOf(id: string, platforms: readonly Platform[]): Promise<Standing> {
  const name = id.slice(0, id.indexOf(':'));
  const platform = platforms.find((each) => each.name === name);
  if (platform === undefined) return { unknown: [`${name}:group:`] };
  return platform.standingOf?.(id) ?? {};
}

function together(standings: readonly Standing[]): Standing {
  return {
    deniedWith: standings.flatMap(({ deniedWith = [] }) => deniedWith),
    unknown: standings.flatMap(({ unknown = [] }) => unknown),
  };
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
