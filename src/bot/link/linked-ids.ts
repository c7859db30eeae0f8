import { z } from 'zod';
import type { Ask, Platform } from '../../chat/platform.ts';
import type { Standing } from '../../domain/access.ts';
import { linkedStanding } from '../../domain/link-change.ts';
import { PersonId } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';
import { forgetPending } from './link-codes.ts';
import { forgetNaming, keysNaming, noteNaming } from './naming.ts';

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
  const others = await Promise.all(also.map((id) => standingOf(id, platforms)));
  return { ...ask, from: { ...ask.from, also }, standing: linkedStanding([ask.standing ?? {}, ...others]) };
}

/** An account whose platform this process does not have may be in any of its groups. */
async function standingOf(id: string, platforms: readonly Platform[]): Promise<Standing> {
  const name = id.slice(0, id.indexOf(':'));
  const platform = platforms.find((each) => each.name === name);
  if (platform === undefined) return { unknown: [`${name}:group:`] };
  return platform.standingOf?.(id) ?? {};
}

/** The accounts that are linked with this one: a link counts only when both sides name each other. @throws {StateError} */
export async function linkedTo(id: string, state: State): Promise<string[]> {
  if (isConsole(id)) return []; // Nobody is linked with the operator, and the console answers without a state.
  const named = await namedBy(id, state);
  const nameBack = await Promise.all(named.map(async (other) => (await namedBy(other, state)).includes(id)));
  return named.filter((_, at) => nameBack[at]);
}

/**
 * Links two accounts; false when one of them is linked already, or becomes so in the same moment. Each side is written only where
 * nothing counts, and looked at again once both are. @throws {StateError}
 */
export async function link(first: string, second: string, state: State): Promise<boolean> {
  await noteNaming([first], keyOf(second), state);
  await noteNaming([second], keyOf(first), state);
  const isWritten = (await write(first, second, state)) && (await write(second, first, state));
  if (isWritten && (await linkedTo(first, state)).includes(second)) return true;
  await part(first, second, state);
  return false;
}

/** Parts two accounts, and nobody else from them. @throws {StateError} */
export async function part(first: string, second: string, state: State): Promise<void> {
  await state.release(keyOf(first), [second]);
  await state.release(keyOf(second), [first]);
}

/** Removes every key that names an account, and gives the accounts that were linked with it. @throws {StateError} */
export async function unlink(id: string, state: State): Promise<string[]> {
  await forgetPending(id, state); // First, so that no request is concluded after the links were looked at.
  const others = await linkedTo(id, state);
  for (const other of others) await forgetPending(other, state);
  const left = new Set([...(await namedBy(id, state)).map(keyOf), ...(await keysNaming(id, state))]);
  await state.forget(keyOf(id));
  for (const key of left) await removeName(id, key, state);
  for (const each of [id, ...others]) await forgetNaming(each, state);
  return others;
}

async function removeName(id: string, key: string, state: State): Promise<void> {
  const { data: names = [] } = Ids.safeParse(await state.recall(key));
  if (names.includes(id)) await state.release(key, names);
}

export function isConsole(id: string): boolean {
  return id.startsWith('console:');
}

/** What is there and does not count was left by a process that died, or by somebody who removed the other side. */
async function write(id: string, other: string, state: State): Promise<boolean> {
  if (await state.claim(keyOf(id), [other], lifetimeInSeconds)) return true;
  if ((await linkedTo(id, state)).length > 0) return false;
  const was = await state.recall(keyOf(id));
  return was !== undefined && state.replace(keyOf(id), { was, by: [other] }, lifetimeInSeconds);
}

async function namedBy(id: string, state: State): Promise<string[]> {
  return Ids.safeParse(await state.recall(keyOf(id))).data ?? [];
}

function keyOf(id: string): string {
  return `linked.${id}`;
}
