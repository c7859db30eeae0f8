import { text } from 'node:stream/consumers';
import type { Destination } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import { Manifest } from '../../src/domain/manifest.ts';

/**
 * The manifest beside the archive `key`; `undefined` when there is none, or these credentials may not see it.
 * @throws {DestinationError} when the destination is not reached. @throws when what is there is no manifest.
 */
export async function readManifest(destination: Destination, key: string): Promise<Manifest | undefined> {
  const found = await destination.head(manifestKey(key));
  if (found === undefined || found === 'write-only') return undefined;
  return Manifest.parse(JSON.parse(await text(destination.read(manifestKey(key)))));
}
