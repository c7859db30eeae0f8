import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { CleanedPlace } from '../../src/domain/cleanup-report.ts';
import { sentenceOf } from '../../src/log.ts';
import type { State } from '../../src/state/state.ts';
import { unlessBeingRead } from '../reading.ts';
import { carryOut, type Outcome, type Removal } from './carry-out.ts';
import { judged } from './judged.ts';
import type { PlacePlan } from './plan-app.ts';

/**
 * Carries out the plan for one destination: the oldest first, so that a clean that breaks off leaves the newer ones. What
 * cannot be removed is said, and is in the next plan again.
 */
export async function cleanPlace(place: PlacePlan, state: State, signal: AbortSignal): Promise<CleanedPlace> {
  const { destination } = place;
  if (!place.reachable) return { reachable: false, destination: destination.name, problem: place.problem };

  const { plan, leftovers } = place;
  const backups = plan.remove.toReversed().map(({ backup }) => removalOf(backup.key, destination, state));
  const removals = [...backups, ...leftovers.map((manifest) => leftoverRemoval(manifest, destination))];
  const outcomes = await carryOut(removals, signal);

  const removed = new Set(keysOf('removed', outcomes));
  return {
    reachable: true,
    destination: destination.name,
    removed: plan.remove.filter(({ backup }) => removed.has(backup.key)).map(judged),
    leftovers: leftovers.filter((manifest) => removed.has(manifest)),
    failed: outcomes.flatMap((outcome) =>
      outcome.became === 'failed' ? { key: outcome.key, problem: outcome.problem } : [],
    ),
    beingRead: keysOf('being-read', outcomes),
    notTried: removals.length - outcomes.length,
    kept: {
      count: plan.keep.length,
      sizeInBytes: plan.keep.reduce((total, { backup }) => total + backup.sizeInBytes, 0),
    },
    warnings: [...plan.warnings],
  };
}

function removalOf(key: string, destination: Destination, state: State): Removal {
  return { key, remove: () => unlessBeingRead(key, destination, state, () => removeBoth(key, destination)) };
}

/** The archive first: what may be left is then a manifest, which nobody takes for a backup, and which goes next time. */
async function removeBoth(key: string, destination: Destination): Promise<void> {
  await destination.remove(key);
  try {
    await destination.remove(manifestKey(key));
  } catch (cause) {
    throw new Error(`The archive is gone, but its manifest stays until the next time: ${sentenceOf(cause)}`, {
      cause,
    });
  }
}

function leftoverRemoval(manifest: string, destination: Destination): Removal {
  return {
    key: manifest,
    async remove() {
      await destination.remove(manifest);
      return true;
    },
  };
}

function keysOf(became: Outcome['became'], outcomes: readonly Outcome[]): string[] {
  return outcomes.filter((outcome) => outcome.became === became).map(({ key }) => key);
}
