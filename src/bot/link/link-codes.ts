import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Address, Who } from '../../domain/who.ts';
import type { State } from '../../state/state.ts';
import { newId } from '../new-id.ts';

export const validForMinutes = 10;

/** Somebody, and where they are told more. */
const Side = z.object({ who: Who, where: Address });
export type Side = z.infer<typeof Side>;

const Request = z.object({ first: Side, second: Side });
export type LinkRequest = z.infer<typeof Request>;

/** A code that says once, within ten minutes, who asked for it. Only its hash is kept. @throws {StateError} */
export async function newCode(side: Side, state: State): Promise<string> {
  const code = newId('lk');
  await state.remember(keyOf('code', code), side, validForMinutes * 60);
  return code;
}

/** Who asked for this code; nobody the second time. @throws {StateError} */
export async function takeCode(code: string, state: State): Promise<Side | undefined> {
  return Side.safeParse(await takeOnce(keyOf('code', code), state)).data;
}

/** Both sides of a link that waits for the first to confirm it. @throws {StateError} */
export async function newRequest(request: LinkRequest, state: State): Promise<string> {
  const id = newId('lk');
  await state.remember(keyOf('request', id), request, validForMinutes * 60);
  return id;
}

/** @throws {StateError} */
export async function requestOf(id: string, state: State): Promise<LinkRequest | undefined> {
  return Request.safeParse(await state.recall(keyOf('request', id))).data;
}

/** @throws {StateError} */
export async function forgetRequest(id: string, state: State): Promise<void> {
  await state.forget(keyOf('request', id));
}

async function takeOnce(key: string, state: State): Promise<unknown> {
  const found = await state.recall(key);
  const isFirst = found !== undefined && (await state.claim(`${key}.taken`, true, validForMinutes * 60));
  if (isFirst) await state.forget(key);
  return isFirst ? found : undefined;
}

function keyOf(what: 'code' | 'request', id: string): string {
  return `link.${what}.${createHash('sha256').update(id).digest('hex')}`;
}
