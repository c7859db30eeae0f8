import type { Destination } from '../../src/destinations/destination.ts';
import { archiveKey, manifestKey } from '../../src/domain/backup-key.ts';
import type { CleanedPlace } from '../../src/domain/cleanup-report.ts';
import { withLeaving, withSettled } from '../../src/domain/stored-memory.ts';
import type { State } from '../../src/state/state.ts';
import { unlessBeingRead } from '../reading.ts';
import { changeStored, recallStored } from '../stored-memory.ts';
import { attempt, carryOut, type Outcome, type Removal } from './carry-out.ts';
import { judged } from './judged.ts';
import type { PlacePlan } from './plan-app.ts';
import { warningsOf } from './warnings-of.ts';

type Reached = Extract<PlacePlan, { reachable: true }>;

interface Removing {
  readonly app: string;
  /** Nobody has seen what was found. */
  readonly unattended: boolean;
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
  if (!place.reachable) return { ...place, destination: place.destination.name };
  const attempted = await removeAll(place, work);
  const cleaned = becameOf(place, attempted, work);
  await settle(place, attempted, work);
  return cleaned;
}

async function removeAll(
  { destination, plan, leftovers }: Reached,
  { app, state, signal, onRemoved }: Removing,
): Promise<Attempted> {
  // Said before it is done: whoever finds one of them missing then knows that it was us, whatever happens to this worker.
  const leaving = plan.remove.map(({ backup }) => backup.key);
  if (leaving.length > 0)
    await changeStored(app, destination.name, state, (before) => withLeaving(before, leaving));

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

/** Notes what became of all that was leaving, also of what an earlier clean left half done; and what a person has seen is missing. */
async function settle(
  { destination, plan, leftovers, vanished }: Reached,
  { outcomes }: Attempted,
  { app, state }: Removing,
): Promise<void> {
  const listed = [...plan.keep, ...plan.remove].map(({ backup }) => backup.key);
  const there = new Set([...listed, ...listed.map(manifestKey), ...leftovers]);
  for (const { key, became } of outcomes) if (became === 'removed') there.delete(key);
  const accepted = [
    ...vanished,
    ...leftovers.filter((manifest) => !there.has(manifest)).flatMap((manifest) => archiveKey(manifest) ?? []),
  ];

  const { leaving } = await recallStored(app, destination.name, state);
  if (leaving.length + accepted.length === 0) return;
  const isGone = (key: string) => !there.has(key) && !there.has(manifestKey(key));
  await changeStored(app, destination.name, state, (before) =>
    withSettled(before, {
      gone: [...accepted, ...before.leaving.filter(isGone)],
      stay: before.leaving.filter((key) => there.has(key)),
    }),
  );
}

function becameOf(
  { destination, plan, leftovers, ...rest }: Reached,
  { outcomes, notTried }: Attempted,
  { unattended }: Removing,
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
    warnings: unattended ? warningsOf({ destination, plan, leftovers, ...rest }) : [...plan.warnings],
  };
}

function failure({ key, problem }: Extract<Outcome, { became: 'failed' }>) {
  return { key, problem };
}
