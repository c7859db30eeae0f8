import { z } from 'zod';
import { Instant } from '../../src/domain/instant.ts';
import type { Stored } from '../../src/domain/report.ts';
import type { VerifyMemory } from '../../src/domain/verify-memory.ts';
import type { State } from '../../src/state/state.ts';

const NotCompared = z.object({ key: z.string(), at: Instant });

/** A list of its own, as a verification may be changing what it remembers right now. */
const limits = { atMost: 1000, lifetimeInSeconds: 400 * 24 * 3600 };

interface Ended {
  readonly app: string;
  readonly key: string;
  readonly results: readonly Stored[];
  readonly at: Instant;
}

/** Keeps which copies of a run were stored and could not be compared, so that lists say so until they are read. @throws {StateError} */
export async function noteNotCompared({ app, key, results, at }: Ended, state: State): Promise<void> {
  const rows = results.filter((row) => row.outcome === 'stored' && !row.compared);
  await Promise.all(
    rows.map(({ destination }) => state.append(nameOf(app, destination), { key, at }, limits)),
  );
}

/** What has to be said of them while nobody has read them. @throws {StateError} */
export async function recallNotCompared(
  app: string,
  destination: string,
  state: Pick<State, 'entries'>,
): Promise<VerifyMemory> {
  const entries = await state.entries(nameOf(app, destination));
  const notes = entries.flatMap((entry) => NotCompared.safeParse(entry).data ?? []);
  return Object.fromEntries(
    notes.map(({ key, at }) => [key, { triedAt: neverTried, last: { found: 'not-compared', at } }]),
  );
}

/** So that it is read before those that have been. */
const neverTried = '1970-01-01T00:00:00.000Z';

/** Neither name has a slash in it. */
function nameOf(app: string, destination: string): string {
  return `not-compared.${destination}/${app}`;
}
