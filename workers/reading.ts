import { randomUUID } from 'node:crypto';
import type { Destination } from '../src/destinations/destination.ts';
import type { State } from '../src/state/state.ts';

/** So long a backup counts as being read after its reader was last heard of. */
const leaseInSeconds = 10 * 60;
const renewedEveryMs = 60_000;

/** Longer than any destination takes to remove one archive. */
const removalInSeconds = 15 * 60;

/** So many may read one backup at once and each give its lease back; those beyond share one that ends by itself. */
const leases = 8;

type Place = Pick<Destination, 'name'>;
type Leases = Pick<State, 'remember' | 'recall' | 'forget' | 'claim' | 'release'>;

/**
 * Reads a backup while nobody can clean it away. Any number may read it at once, each with a lease of its own, which ends with the
 * reading, and by itself ten minutes after its reader was last heard of. Renewing may fail for a while; nothing is removed without the
 * state either. @throws {Error} when the backup is being removed right now. @throws {StateError}
 */
export async function whileReading<Read>(
  key: string,
  destination: Place,
  state: Leases,
  work: () => Promise<Read>,
): Promise<Read> {
  const reader = randomUUID();
  await state.remember(anyReadingKey(destination), true, leaseInSeconds);
  const lease = await takeLease(key, destination, reader, state);
  const renew = async () => {
    await state.remember(anyReadingKey(destination), true, leaseInSeconds);
    await state.remember(lease, reader, leaseInSeconds);
  };
  const timer = setInterval(() => void renew().catch(leaveToEnd), renewedEveryMs);
  try {
    if ((await state.recall(removingKey(key, destination))) !== undefined)
      throw beingRemoved(key, destination);
    return await work();
  } finally {
    clearInterval(timer);
    if (lease !== sharedKey(key, destination)) await state.release(lease, reader).catch(leaveToEnd);
  }
}

async function takeLease(key: string, destination: Place, reader: string, state: Leases): Promise<string> {
  for (const lease of ownKeys(key, destination))
    if (await state.claim(lease, reader, leaseInSeconds)) return lease;
  const shared = sharedKey(key, destination);
  await state.remember(shared, reader, leaseInSeconds);
  return shared;
}

/** A lease that is not renewed or given back ends by itself. */
function leaveToEnd(): void {}

/** Those of `keys` that somebody reads. One look is enough while nobody reads anything at the destination. @throws {StateError} */
export async function beingReadAmong(
  keys: readonly string[],
  destination: Place,
  state: Leases,
): Promise<ReadonlySet<string>> {
  if ((await state.recall(anyReadingKey(destination))) === undefined) return new Set();
  const areRead = await Promise.all(keys.map((key) => isBeingRead(key, destination, state)));
  return new Set(keys.filter((_, at) => areRead[at]));
}

/**
 * Removes a backup while nobody can begin to read it. Who reads and who removes each say so first and look at the other
 * afterwards, so that at least one of the two always sees the other. False when somebody reads it; then nothing was done.
 * @throws {StateError} and whatever `remove` throws.
 */
export async function unlessBeingRead(
  key: string,
  destination: Place,
  state: Leases,
  remove: () => Promise<void>,
): Promise<boolean> {
  await state.remember(removingKey(key, destination), true, removalInSeconds);
  try {
    if (await isBeingRead(key, destination, state)) return false;
    await remove();
    return true;
  } finally {
    await state.forget(removingKey(key, destination));
  }
}

async function isBeingRead(key: string, destination: Place, state: Leases): Promise<boolean> {
  const keys = [...ownKeys(key, destination), sharedKey(key, destination)];
  const found = await Promise.all(keys.map((lease) => state.recall(lease)));
  return found.some((reader) => reader !== undefined);
}

function anyReadingKey({ name }: Place): string {
  return `reading.${name}`;
}

/** The first is the key that earlier versions wrote. */
function ownKeys(key: string, { name }: Place): string[] {
  const first = `reading.${name}.${key}`;
  return Array.from({ length: leases }, (_, at) => (at === 0 ? first : `${first}.${at}`));
}

/** It is not given back, as several readers may have it. */
function sharedKey(key: string, { name }: Place): string {
  return `reading.${name}.${key}.shared`;
}

function removingKey(key: string, { name }: Place): string {
  return `removing.${name}.${key}`;
}

function beingRemoved(key: string, { name }: Place): Error {
  return new Error(
    `${key} is being removed from ${name} right now, so it cannot be read. Take another backup.`,
  );
}
