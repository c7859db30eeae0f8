import type { Destination } from '../src/destinations/destination.ts';
import type { Backup } from '../src/domain/backup.ts';
import { archiveKey, manifestKey, readBackupKey } from '../src/domain/backup-key.ts';
import type { Holdings, WatchedBackup } from '../src/domain/health/check.ts';
import type { Unreachable } from '../src/domain/health/registry.ts';
import { type StoredMemory, withAdopted } from '../src/domain/stored-memory.ts';
import { type State, StateError } from '../src/state/state.ts';
import { type Proof, proofOf } from './proof.ts';
import { changeStored, recallStored } from './stored-memory.ts';
import { unreachable } from './unreachable.ts';
import { recallVerified } from './verify/memory.ts';

/** A backup as it was found at a destination, with all that is known of it. */
export type Found = Backup & WatchedBackup;

/** What a destination holds of an app, held against what the state remembers; or why nobody could look. */
export type Inventory = TakenInventory | Unreachable;

export interface TakenInventory extends Holdings {
  readonly reachable: true;
  readonly backups: readonly Found[];
  /** The keys of the backups whose runs are remembered; left out while nothing is. */
  readonly remembered?: ReadonlySet<string>;
  /** The keys of archives that Holdfast itself was removing when it was stopped: their manifests are left. */
  readonly halfRemoved: readonly string[];
}

/** Lists and compares; that a destination cannot be reached is a fact, too. @throws {StateError} */
export async function takeInventory(
  app: string,
  destination: Destination,
  { state }: { readonly state: State },
): Promise<Inventory> {
  const { name } = destination;
  const verified = await recallVerified(app, name, { state });
  // Before the listing: what a run stores after it is not missing.
  const before = await recallStored(app, name, state);
  try {
    // In this order: a manifest that is seen belongs to an archive that was there before it.
    const manifests = new Set(await destination.listManifests(app));
    const listed = (await destination.list(app)).filter((backup) => backup.app === app);
    const freeInBytes = await destination.freeInBytes?.();
    const seen = await seeEach(listed, manifests, before, destination, state);
    const after = await remembering(app, name, seen, state);
    const isLeaving = isAmong(after.leaving);

    const keys = new Set(listed.map(({ key }) => key));
    const isNothingLeft = (key: string) => !keys.has(key) && !manifests.has(manifestKey(key));
    const alone = [...manifests]
      .map((manifest) => archiveKey(manifest) ?? '')
      .filter((key) => !keys.has(key));
    const missing = Object.keys(before.backups).filter((key) => key in after.backups && isNothingLeft(key));
    return {
      reachable: true,
      destination: name,
      backups: seen.map((backup) => ({ ...backup, last: verified[backup.key]?.last })),
      gone: alone.filter((key) => !isLeaving(key)).flatMap(dated),
      vanished: missing.filter((key) => !isLeaving(key)).flatMap(dated),
      halfRemoved: alone.filter(isLeaving),
      ...(after.adoption === 'done' && { remembered: new Set(Object.keys(after.backups)) }),
      ...(freeInBytes !== undefined && { freeInBytes }),
    };
  } catch (thrown) {
    if (thrown instanceof StateError) throw thrown;
    return unreachable(name, thrown);
  }
}

/** So many manifests are read together. */
const atATime = 16;

interface Seen extends Backup {
  readonly hasManifest: boolean;
  readonly doubt?: string | undefined;
  readonly by?: Proof['by'];
}

/** Each backup with what speaks for and against it. Only of those that are not remembered the manifest has to be read. */
async function seeEach(
  listed: readonly Backup[],
  manifests: ReadonlySet<string>,
  { backups }: StoredMemory,
  destination: Destination,
  state: State,
): Promise<Seen[]> {
  const see = async (backup: Backup): Promise<Seen> => {
    const hasManifest = manifests.has(manifestKey(backup.key));
    if (!hasManifest) return { ...backup, hasManifest };
    return { ...backup, hasManifest, ...(await proofOf(backup, backups[backup.key], destination, state)) };
  };
  const seen: Seen[] = [];
  for (let at = 0; at < listed.length; at += atATime)
    seen.push(...(await Promise.all(listed.slice(at, at + atATime).map(see))));
  return seen;
}

/**
 * Takes over what a run of this Holdfast has stored and could not note; and, when it is first known that it makes runs of the
 * app at all, everything that is whole.
 */
async function remembering(
  app: string,
  destination: string,
  seen: readonly Seen[],
  state: State,
): Promise<StoredMemory> {
  const memory = await recallStored(app, destination, state);
  const whole = seen.filter(({ by, doubt }) => by !== undefined && doubt === undefined);
  const ofRuns = whole.filter(({ by }) => by === 'run');
  const isFirst = memory.adoption === 'due' || (memory.adoption === 'none' && ofRuns.length > 0);
  const found = isFirst ? whole.filter(({ by }) => by !== 'name') : ofRuns;
  if (!isFirst && found.length === 0) return memory;

  const sizes = Object.fromEntries(found.map(({ key, sizeInBytes }) => [key, sizeInBytes]));
  return changeStored(app, destination, state, (before) => withAdopted(before, sizes));
}

function isAmong(keys: readonly string[]): (key: string) => boolean {
  const among = new Set(keys);
  return (key) => among.has(key);
}

function dated(key: string): { key: string; takenAt: Backup['takenAt'] }[] {
  const identity = readBackupKey(key);
  return identity === undefined ? [] : [{ key, takenAt: identity.takenAt }];
}
