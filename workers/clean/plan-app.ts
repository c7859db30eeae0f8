import type { DateTime } from 'luxon';
import type { Destination } from '../../src/destinations/destination.ts';
import type { Backup } from '../../src/domain/backup.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { named } from '../../src/domain/health/named.ts';
import { judgeEvidence } from '../../src/domain/health/registry.ts';
import type { HealthVerdict } from '../../src/domain/health/verdict.ts';
import { planHash } from '../../src/domain/retention/plan-hash.ts';
import { type CleanupPlan, planCleanup } from '../../src/domain/retention.ts';
import type { App } from '../app.ts';
import { type TakenInventory, takeInventory } from '../inventory.ts';
import { beingReadAmong } from '../reading.ts';
import { runningSince } from '../running-since.ts';
import type { Tools } from '../tools.ts';

/** What a clean of an app would do, destination by destination. */
export type PlacePlan =
  | {
      readonly reachable: true;
      readonly destination: Destination;
      readonly plan: CleanupPlan<Backup>;
      /** Manifests without an archive that are to go. */
      readonly leftovers: readonly string[];
      /** Backups that somebody else removed with their manifests: once a person confirms it, they are no longer looked for. */
      readonly vanished: readonly string[];
      /** What was wrong before anything was done. */
      readonly evidence: HealthVerdict;
      /** What a person should know besides, in sentences. */
      readonly notes: readonly string[];
    }
  | {
      readonly reachable: false;
      readonly destination: Destination;
      readonly problem: string;
      readonly writeOnly: boolean;
    };

interface Planning extends Pick<Tools, 'state' | 'queue' | 'group'> {
  readonly now: DateTime;
  readonly unattended: boolean;
}

/** Lists and plans each of `destinations`; one that cannot be reached gets no plan, and says why. @throws {StateError} @throws {QueueError} */
export async function planApp(
  app: App,
  destinations: readonly Destination[],
  planning: Planning,
): Promise<PlacePlan[]> {
  const since = (await runningSince(planning)).get(app.name);
  return Promise.all(destinations.map((destination) => planPlace(app, destination, since, planning)));
}

/** What a person confirms: exactly what would be removed and kept, and where. `undefined` when there is nothing to do. */
export function hashOf(places: readonly PlacePlan[]): string | undefined {
  const reached = places.filter((place) => place.reachable);
  const keep = reached.flatMap(({ destination, plan }) => plan.keep.map(at(destination)));
  const remove = reached.flatMap(({ destination, plan }) => plan.remove.map(at(destination)));
  const isDone = ({ leftovers, vanished }: (typeof reached)[number]) =>
    leftovers.length + vanished.length === 0;
  if (remove.length === 0 && reached.every(isDone)) return undefined;
  return planHash({ keep, remove, warnings: [] });
}

async function planPlace(
  app: App,
  destination: Destination,
  since: DateTime | undefined,
  planning: Planning,
): Promise<PlacePlan> {
  const inventory = await takeInventory(app.name, destination, planning);
  if (!inventory.reachable) return { ...inventory, destination };

  const { now, unattended } = planning;
  const watch = { app: app.name, now, zone: app.zone, ...(since && { runningSince: since }) };
  return {
    reachable: true,
    destination,
    plan: await planUnread(app, destination, inventory, planning),
    ...evenWithout(inventory, unattended),
    evidence: judgeEvidence(inventory, watch, app.health),
    notes: strangersAmong(inventory),
  };
}

/** Plans, looks whether anything that would go is being read, and plans again around it. */
async function planUnread(
  { retention }: App,
  destination: Destination,
  { backups, remembered }: TakenInventory,
  { state, now, unattended }: Planning,
): Promise<CleanupPlan<Backup>> {
  const policy = retention.policyAt(destination.name);
  const damaged = keysOf(backups.filter(({ last }) => last?.found === 'differs'));
  const unproven = keysOf(backups.filter(({ hasManifest, doubt }) => !hasManifest || doubt !== undefined));
  const context = { now, zone: retention.zone, unattended, damaged, unproven, remembered };
  const plan = planCleanup(backups, policy, context);
  const going = plan.remove.map(({ backup }) => backup.key);
  const beingRead = await beingReadAmong(going, destination, state);
  return beingRead.size === 0 ? plan : planCleanup(backups, policy, { ...context, beingRead });
}

/**
 * What is left of backups that are no longer there. It is all that shows that somebody else removed them, so it goes only when a
 * person has seen it, or when it was a clean of Holdfast that broke off. Nothing goes where no archive is listed at all: an answer
 * that is empty by mistake must not cost the manifests.
 */
function evenWithout(
  { backups, gone, halfRemoved, vanished = [] }: TakenInventory,
  unattended: boolean,
): { leftovers: string[]; vanished: string[] } {
  if (backups.length === 0) return { leftovers: [], vanished: [] };
  const seen = unattended ? [] : gone.map(({ key }) => key);
  return {
    leftovers: [...halfRemoved, ...seen].map(manifestKey).toSorted(),
    vanished: unattended ? [] : vanished.map(({ key }) => key).toSorted(),
  };
}

/** Somebody with the keys of the destination may have put them there; or they were copied, or another Holdfast made them. */
function strangersAmong({ destination, backups, remembered }: TakenInventory): string[] {
  const strangers = backups.filter(
    ({ key, hasManifest, doubt }) => hasManifest && doubt === undefined && !remembered?.has(key),
  );
  if (remembered === undefined || remembered.size === 0 || strangers.length === 0) return [];
  const are = strangers.length === 1 ? 'is from a run' : 'are from runs';
  return [
    `${named(strangers)} in ${destination} ${are} that this Holdfast does not remember: copied there, made by another one, or put there by somebody who has its keys. By schedule or with --yes, they push out none of the others.`,
  ];
}

function keysOf(backups: readonly Pick<Backup, 'key'>[]): ReadonlySet<string> {
  return new Set(backups.map(({ key }) => key));
}

function at({ name }: Destination) {
  return ({ backup, reason }: { backup: Backup; reason: string }) => ({
    backup: { ...backup, key: `${name} ${backup.key}` },
    reason,
  });
}
