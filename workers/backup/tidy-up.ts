import { z } from 'zod';
import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { State } from '../../src/state/state.ts';
import { removeUncompared } from './remove-uncompared.ts';

/** What runs of an app began to store, as far as it is not known that nothing is left of it. */
const Begun = z.array(z.strictObject({ key: z.string(), isStored: z.boolean() }));

const lifetimeInSeconds = 30 * 24 * 3600;

/** A destination that is away keeps no run waiting longer than this. */
const patienceInMs = 10_000;

interface Beginning {
  readonly app: string;
  readonly key: string;
  readonly destinations: readonly Destination[];
  readonly signal: AbortSignal;
}

/**
 * Clears up after earlier runs of the app, and earlier starts of this one: what they began to store and never finished, and archives
 * whose worker died before it could compare them. Which those are is kept in the state, so that nothing of anybody else is touched.
 * What cannot be cleared up now, the next run does. @throws {StateError}
 */
export async function tidyUp({ app, key, destinations, signal }: Beginning, state: State): Promise<void> {
  const before = await begunOf(app, state);
  const begun = [...before.filter((earlier) => earlier.key !== key), { key, isStored: false }];
  await keep(app, begun, state);

  const until = AbortSignal.any([signal, AbortSignal.timeout(patienceInMs)]);
  const left = await Promise.all(
    begun.map(async (one) => {
      const isUnknown = one.key !== key && !one.isStored;
      const places = destinations.map((destination) => clear(destination, one.key, isUnknown, until));
      const cleared = await Promise.allSettled(places);
      return cleared.every(({ status }) => status === 'fulfilled') && one.key !== key ? [] : [one];
    }),
  );
  await keep(app, left.flat(), state);
}

/** The archive under `key` is at every destination, with its manifest: whatever happens to it from now on is not for us to clear up. @throws {StateError} */
export async function noteStored(app: string, key: string, state: State): Promise<void> {
  const begun = await begunOf(app, state);
  await keep(
    app,
    begun.map((one) => (one.key === key ? { key, isStored: true } : one)),
    state,
  );
}

async function begunOf(app: string, state: State): Promise<z.infer<typeof Begun>> {
  return Begun.safeParse(await state.recall(nameOf(app))).data ?? [];
}

async function keep(app: string, begun: z.infer<typeof Begun>, state: State): Promise<void> {
  await state.remember(nameOf(app), begun, lifetimeInSeconds);
}

function nameOf(app: string): string {
  return `begun.${app}`;
}

async function clear(
  destination: Destination,
  key: string,
  isUnknown: boolean,
  signal: AbortSignal,
): Promise<void> {
  await destination.tidy(key, signal);
  await destination.tidy(manifestKey(key), signal);
  if (isUnknown && (await destination.head(manifestKey(key))) === undefined)
    await removeUncompared(destination, key);
}
