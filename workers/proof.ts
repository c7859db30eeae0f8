import { type Destination, DestinationError } from '../src/destinations/destination.ts';
import type { Backup } from '../src/domain/backup.ts';
import type { Manifest } from '../src/domain/manifest.ts';
import { humanCount } from '../src/domain/units.ts';
import type { State } from '../src/state/state.ts';
import { manifestAt } from './backup/read-manifest.ts';
import { recallRun } from './remember-run.ts';

/** What speaks for a backup that has a manifest, and what against it. */
export interface Proof {
  /** `run`: the state still has the report of the run that stored it there. `name`: its manifest may not be read, or not now. */
  readonly by: 'memory' | 'run' | 'manifest' | 'name';
  /** Why it is not taken for a backup after all, as the end of a sentence about it. */
  readonly doubt?: string | undefined;
}

/**
 * Holds a backup against what was stored, as far as that is remembered, or else against its manifest.
 * @throws {DestinationError} when the destination is not reached. @throws {StateError}
 */
export async function proofOf(
  backup: Backup,
  storedInBytes: number | undefined,
  destination: Destination,
  state: State,
): Promise<Proof> {
  if (storedInBytes !== undefined)
    return { by: 'memory', doubt: sizeDoubt(backup, storedInBytes, 'were stored') };

  const manifest = await manifestOf(backup, destination);
  if (manifest === 'unreadable') return { by: 'name' };
  if (manifest === 'none') return { by: 'manifest', doubt: 'has beside it what is no manifest' };
  const doubt = manifestDoubt(backup, manifest);
  if (doubt !== undefined) return { by: 'manifest', doubt };
  return { by: (await isOfRun(backup, manifest, destination, state)) ? 'run' : 'manifest' };
}

/** Credentials may list and not read, and a store may keep it in a class that is not read at once. @throws {DestinationError} */
async function manifestOf(
  { key }: Backup,
  destination: Destination,
): Promise<Manifest | 'unreadable' | 'none'> {
  try {
    return await manifestAt(destination, key);
  } catch (thrown) {
    if (!(thrown instanceof DestinationError) || thrown.kind === 'not-reached') throw thrown;
    return thrown.kind === 'differs' ? 'none' : 'unreadable';
  }
}

async function isOfRun(
  { key, sizeInBytes }: Backup,
  { runId }: Manifest,
  destination: Destination,
  state: State,
): Promise<boolean> {
  const run = await recallRun(runId, { state });
  return (
    run?.archive?.key === key &&
    run.archive.sizeInBytes === sizeInBytes &&
    run.destinations.some((row) => row.destination === destination.name && row.outcome === 'stored')
  );
}

function manifestDoubt(backup: Backup, { app, archive }: Manifest): string | undefined {
  if (app !== backup.app)
    return `has the manifest of a backup of ${app} beside it, so it is not one of ${backup.app}`;
  if (archive.key !== backup.key) return 'has the manifest of another backup beside it';
  return sizeDoubt(backup, archive.sizeInBytes, 'are in its manifest');
}

function sizeDoubt({ sizeInBytes }: Backup, expected: number, where: string): string | undefined {
  if (sizeInBytes === expected) return undefined;
  return `has ${humanCount(sizeInBytes, 'byte')}, but ${expected.toLocaleString('en-US')} ${where}`;
}
