import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { CleanedPlace } from '../../src/domain/cleanup-report.ts';
import type { State } from '../../src/state/state.ts';
import { unlessBeingRead } from '../reading.ts';
import { attempt, carryOut, type Outcome, type Removal } from './carry-out.ts';
import { judged } from './judged.ts';
import type { PlacePlan } from './plan-app.ts';

type Reached = Extract<PlacePlan, { reachable: true }>;

interface Removing {
  readonly state: State;
  readonly signal: AbortSignal;
  /** Called for each backup and leftover that went. */
  readonly onRemoved: () => void;
}

interface Attempted {
  /** Of archives and manifests, in no order. */
  readonly outcomes: readonly Outcome[];
  readonly notTried: number;
}

/**
 * Carries out the plan for one destination: the oldest first, so that a clean that breaks off leaves the newer ones. What
 * cannot be removed is said, and is in the next plan again.
 */
export async function cleanPlace(place: PlacePlan, work: Removing): Promise<CleanedPlace> {
  if (place.reachable) return becameOf(place, await removeAll(place, work));
  return { ...place, destination: place.destination.name };
}

async function removeAll(
  { destination, plan, leftovers }: Reached,
  { state, signal, onRemoved }: Removing,
): Promise<Attempted> {
  const manifests: Outcome[] = [];
  const removeBoth = async (key: string) => {
    // The archive first: what may be left is then a manifest, which nobody takes for a backup, and which goes next time.
    await destination.remove(key);
    manifests.push(await attempt(removalOf(manifestKey(key), destination)));
  };
  const backups = plan.remove.toReversed().map(({ backup: { key } }) => ({
    key,
    remove: () => unlessBeingRead(key, destination, state, () => removeBoth(key)),
  }));

  const removals = [...backups, ...leftovers.map((manifest) => removalOf(manifest, destination))];
  const outcomes = await carryOut(removals, signal, onRemoved);
  return { outcomes: [...outcomes, ...manifests], notTried: removals.length - outcomes.length };
}

function removalOf(manifest: string, destination: Destination): Removal {
  return { key: manifest, remove: () => destination.remove(manifest).then(() => true) };
}

function becameOf(
  { destination, plan, leftovers }: Reached,
  { outcomes, notTried }: Attempted,
): CleanedPlace {
  const became = (what: Outcome['became']) =>
    outcomes.filter((outcome) => outcome.became === what).map(({ key }) => key);
  const removed = new Set(became('removed'));
  return {
    reachable: true,
    destination: destination.name,
    removed: plan.remove.filter(({ backup }) => removed.has(backup.key)).map(judged),
    leftovers: leftovers.filter((manifest) => removed.has(manifest)),
    failed: outcomes.flatMap((outcome) => (outcome.became === 'failed' ? failure(outcome) : [])),
    beingRead: became('being-read'),
    notTried,
    kept: {
      count: plan.keep.length,
      sizeInBytes: plan.keep.reduce((total, { backup }) => total + backup.sizeInBytes, 0),
    },
    warnings: [...plan.warnings],
  };
}

function failure({ key, problem }: Extract<Outcome, { became: 'failed' }>) {
  return { key, problem };
}
