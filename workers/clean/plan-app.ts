import type { DateTime } from 'luxon';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import type { Backup } from '../../src/domain/backup.ts';
import { archiveKey } from '../../src/domain/backup-key.ts';
import { planHash } from '../../src/domain/retention/plan-hash.ts';
import { type CleanupPlan, planCleanup } from '../../src/domain/retention.ts';
import type { VerifyMemory } from '../../src/domain/verify-memory.ts';
import { sentenceOf } from '../../src/log.ts';
import type { State } from '../../src/state/state.ts';
import type { App } from '../app.ts';
import { beingReadAmong } from '../reading.ts';
import { recallVerified } from '../verify/memory.ts';

/** What a clean of an app would do, destination by destination. */
export type PlacePlan =
  | {
      readonly reachable: true;
      readonly destination: Destination;
      readonly plan: CleanupPlan<Backup>;
      /** Manifests whose archive has gone. */
      readonly leftovers: readonly string[];
    }
  | {
      readonly reachable: false;
      readonly destination: Destination;
      readonly problem: string;
      readonly writeOnly: boolean;
    };

interface Planning {
  readonly state: State;
  readonly now: DateTime;
  readonly unattended: boolean;
}

/** Lists and plans each of `destinations`; one that cannot be reached gets no plan, and says why. */
export async function planApp(
  app: App,
  destinations: readonly Destination[],
  planning: Planning,
): Promise<PlacePlan[]> {
  return Promise.all(destinations.map((destination) => planPlace(app, destination, planning)));
}

/** What a person confirms: exactly what would be removed and kept, and where. `undefined` when nothing would be removed. */
export function hashOf(places: readonly PlacePlan[]): string | undefined {
  const reached = places.filter((place) => place.reachable);
  const keep = reached.flatMap(({ destination, plan }) => plan.keep.map(at(destination)));
  const remove = reached.flatMap(({ destination, plan }) => plan.remove.map(at(destination)));
  if (remove.length === 0 && reached.every(({ leftovers }) => leftovers.length === 0)) return undefined;
  return planHash({ keep, remove, warnings: [] });
}

async function planPlace(app: App, destination: Destination, planning: Planning): Promise<PlacePlan> {
  try {
    // In this order: a manifest that is seen belongs to an archive that was there before it.
    const manifests = await destination.listManifests(app.name);
    const backups = await destination.list(app.name);
    const plan = await planUnread(app, destination, backups, planning);
    return { reachable: true, destination, plan, leftovers: leftoversAmong(manifests, backups) };
  } catch (thrown) {
    const writeOnly = thrown instanceof DestinationError && thrown.kind === 'write-only';
    return { reachable: false, destination, problem: sentenceOf(thrown), writeOnly };
  }
}

/** Plans, looks whether anything that would go is being read, and plans again around it. */
async function planUnread(
  { name, retention }: App,
  destination: Destination,
  backups: readonly Backup[],
  { state, now, unattended }: Planning,
): Promise<CleanupPlan<Backup>> {
  const policy = retention.policyAt(destination.name);
  const damaged = damagedIn(await recallVerified(name, destination.name, { state }));
  const context = { now, zone: retention.zone, unattended, damaged };
  const plan = planCleanup(backups, policy, context);
  const going = plan.remove.map(({ backup }) => backup.key);
  const beingRead = await beingReadAmong(going, destination, state);
  return beingRead.size === 0 ? plan : planCleanup(backups, policy, { ...context, beingRead });
}

function damagedIn(memory: VerifyMemory): ReadonlySet<string> {
  return new Set(Object.keys(memory).filter((key) => memory[key]?.last?.found === 'differs'));
}

/** None where no archive is listed at all: an answer that is empty by mistake must not cost the manifests. */
function leftoversAmong(manifests: readonly string[], backups: readonly Backup[]): string[] {
  if (backups.length === 0) return [];
  const archives = new Set(backups.map(({ key }) => key));
  return manifests.filter((manifest) => !archives.has(archiveKey(manifest) ?? '')).toSorted();
}

function at({ name }: Destination) {
  return ({ backup, reason }: { backup: Backup; reason: string }) => ({
    backup: { ...backup, key: `${name} ${backup.key}` },
    reason,
  });
}
