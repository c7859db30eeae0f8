import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Address, Who } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';
import { newId } from '../new-id.ts';
import { keysNaming, noteNaming } from './naming.ts';

export const validForMinutes = 10;
const lifetimeInSeconds = validForMinutes * 60;

const Groups = z.array(z.string()).readonly().default([]);

/** An account, what is known of its groups, and where it is answered. */
const Side = z.object({
  who: Who,
  standing: z.object({ deniedWith: Groups, unknown: Groups }).prefault({}),
  where: Address,
});
export type Side = z.infer<typeof Side>;

const Request = z.object({
  first: Side,
  second: Side,
  /** What both were shown that the link changes; it has to be the same when they confirm. */
  shown: z.string(),
  /** Whether the second, who said the code, has confirmed; the first is asked after that. */
  confirmed: z.boolean(),
});
export type LinkRequest = z.infer<typeof Request>;

/** A code that says once, within ten minutes, who asked for it. Only its hash is kept. It takes the place of an earlier one. @throws {StateError} */
export async function newCode(side: Side, state: State): Promise<string> {
  await forgetPending(side.who.id, state);
  const code = newId('lk');
  await noteNaming([side.who.id], keyOf('code', code), state);
  await state.remember(keyOf('code', code), side, lifetimeInSeconds);
  return code;
}

/** Who asked for this code; nobody the second time. @throws {StateError} */
export async function takeCode(code: string, state: State): Promise<Side | undefined> {
  const key = keyOf('code', code);
  const found = Side.safeParse(await state.recall(key)).data;
  if (found === undefined || !(await takeOnce(key, state))) return undefined;
  await state.forget(key);
  return found;
}

/** A link that waits for both sides to confirm it. @throws {StateError} */
export async function newRequest(request: Omit<LinkRequest, 'confirmed'>, state: State): Promise<string> {
  const id = newId('lk');
  await noteNaming([request.first.who.id, request.second.who.id], keyOf('request', id), state);
  // Its keys are in the order in which they are read, so that a store that compares texts finds it the same later.
  await state.remember(
    keyOf('request', id),
    Request.parse({ ...request, confirmed: false }),
    lifetimeInSeconds,
  );
  return id;
}

/** @throws {StateError} */
export async function requestOf(id: string, state: State): Promise<LinkRequest | undefined> {
  return Request.safeParse(await state.recall(keyOf('request', id))).data;
}

/** The second confirms; false when that was done or undone by somebody else meanwhile. @throws {StateError} */
export async function confirmSecond(id: string, request: LinkRequest, state: State): Promise<boolean> {
  const change = { was: request, by: { ...request, confirmed: true } };
  return state.replace(keyOf('request', id), change, lifetimeInSeconds);
}

/** Whether it is this process, and this press, that may conclude the request. @throws {StateError} */
export async function takeRequest(id: string, state: State): Promise<boolean> {
  return takeOnce(keyOf('request', id), state);
}

/** @throws {StateError} */
export async function forgetRequest(id: string, state: State): Promise<void> {
  await state.forget(keyOf('request', id));
}

/** Codes and requests that name this account work no longer. @throws {StateError} */
export async function forgetPending(id: string, state: State): Promise<void> {
  const keys = await keysNaming(id, state);
  for (const key of keys.filter((each) => each.startsWith('link.'))) await state.forget(key);
}

function takeOnce(key: string, state: State): Promise<boolean> {
  return state.claim(`${key}.taken`, true, lifetimeInSeconds);
}

function keyOf(what: 'code' | 'request', id: string): string {
  return `link.${what}.${createHash('sha256').update(id).digest('hex')}`;
}
