import { z } from 'zod';
import { Instant } from '../../domain/instant.ts';
import type { State } from '../../state/state.ts';

/** What the destinations of each app hold, by app and destination, in bytes. */
export const Storage = z.record(z.string(), z.record(z.string(), z.int()));

/** What is remembered of the last digest of a place, until the next. */
const LastDigest = z.object({
  /** The firing it was for. */
  dueAt: Instant,
  /** What happened until then is told. */
  until: Instant,
  storage: Storage,
});
export type LastDigest = z.infer<typeof LastDigest>;

const lifetimeInSeconds = 400 * 24 * 3600;

/** `place` as the configuration writes it: `slack:C1`. */
export async function lastDigest(place: string, state: State): Promise<LastDigest | undefined> {
  return LastDigest.safeParse(await state.recall(key(place))).data;
}

export async function rememberDigest(place: string, digest: LastDigest, state: State): Promise<void> {
  await state.remember(key(place), digest, lifetimeInSeconds);
}

function key(place: string): string {
  return `digest.${place}`;
}
