import type { Destination } from '../../src/destinations/destination.ts';
import type { Manifest } from '../../src/domain/manifest.ts';
import { RunRefused } from '../app.ts';
import { readManifest } from './read-manifest.ts';

/**
 * The manifest that a run has stored under `key`, if it has. Which key is a run's is remembered where others may write, too: so
 * the backup of another run is never taken for its own, or removed as such.
 * @throws {RunRefused} when the key is that of another run's backup. @throws as `readManifest`.
 */
export async function ownManifest(
  destination: Destination,
  key: string,
  runId: string,
): Promise<Manifest | undefined> {
  const manifest = await readManifest(destination, key);
  if (manifest === undefined || manifest.runId === runId) return manifest;
  throw new RunRefused(`${key} at ${destination.name} is the backup of ${manifest.runId}, and stays.`);
}
