import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey, readBackupKey } from '../../src/domain/backup-key.ts';
import { withLeaving, withSettled } from '../../src/domain/stored-memory.ts';
import { sentenceOf } from '../../src/log.ts';
import type { State } from '../../src/state/state.ts';
import { changeStored } from '../stored-memory.ts';
import { keyOf } from './claim-key.ts';
import { ownManifest } from './own-manifest.ts';

/**
 * Removes what a run that was ended early has stored: one destination may hold the whole archive already while another
 * still waits for its end. Gives a sentence for each that may keep something.
 */
export async function leaveNothing(
  runId: string,
  destinations: readonly Destination[],
  state: State,
): Promise<string[]> {
  const kept = await Promise.all(
    destinations.map(async (destination) => {
      try {
        await removeFrom(destination, await keyOf(runId, state), runId, state);
        return [];
      } catch (thrown) {
        return [`${destination.name} may still hold something of this run: ${sentenceOf(thrown)}`];
      }
    }),
  );
  return kept.flat();
}

async function removeFrom(
  destination: Destination,
  key: string | undefined,
  runId: string,
  state: State,
): Promise<void> {
  const app = readBackupKey(key ?? '')?.app;
  if (key === undefined || app === undefined) return;
  await ownManifest(destination, key, runId);
  await changeStored(app, destination.name, state, (before) => withLeaving(before, [key]));
  await destination.remove(manifestKey(key));
  await destination.remove(key);
  await changeStored(app, destination.name, state, (before) =>
    withSettled(before, { gone: [key], stay: [] }),
  );
}
