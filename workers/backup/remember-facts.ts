import type { z } from 'zod';
import { Manifest } from '../../src/domain/manifest.ts';
import { type State, StateError } from '../../src/state/state.ts';
import type { Facts } from './write-archive.ts';

const Remembered = Manifest.pick({ archive: true, dumps: true, warnings: true }) satisfies z.ZodType<Facts>;

const lifetimeInSeconds = 7 * 24 * 3600;

/**
 * Keeps what an archive is before it appears anywhere: a worker that dies before it could write the manifest leaves an archive that
 * the next start of its run can compare with this. While the state is away the run goes on; the archive is then made again.
 */
export async function rememberFacts(runId: string, facts: Facts, state: State): Promise<void> {
  try {
    await state.remember(factsKey(runId), facts, lifetimeInSeconds);
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
  }
}

/** What an earlier start of the run was about to store under `key`, if that is known. */
export async function recallFacts(runId: string, key: string, state: State): Promise<Facts | undefined> {
  try {
    const { data } = Remembered.safeParse(await state.recall(factsKey(runId)));
    return data?.archive.key === key ? data : undefined;
  } catch (thrown) {
    if (thrown instanceof StateError) return undefined;
    throw thrown;
  }
}

function factsKey(runId: string): string {
  return `facts-of.${runId}`;
}
