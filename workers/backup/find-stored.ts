import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import type { Manifest } from '../../src/domain/manifest.ts';
import type { Stored } from '../../src/domain/report.ts';
import { ownManifest } from './own-manifest.ts';
import { removeUncompared } from './remove-uncompared.ts';
import type { Written } from './write-archive.ts';

/**
 * What an earlier start of the same run has already brought to its destinations: the archive with its manifest, so that it need
 * not be made again. `undefined` when none of them has it. An archive without a manifest, left by a worker that died before it
 * could compare it, is removed. One that cannot be looked at spoils nothing for the others: what is wrong with it is said when it is
 * written to. @throws {RunRefused} when the key is that of another run's backup.
 */
export async function findStored(
  key: string,
  runId: string,
  destinations: readonly Destination[],
): Promise<Written | undefined> {
  const found = await Promise.all(destinations.map((destination) => look(destination, key, runId)));
  const manifest = found.find((manifest) => manifest !== undefined);
  if (manifest === undefined) return undefined;

  return {
    stored: destinations.map((destination, i) =>
      found[i] === undefined ? missing(destination) : kept(destination, found[i]),
    ),
    archive: manifest.archive,
    dumps: manifest.dumps,
    warnings: manifest.warnings,
  };
}

async function look(destination: Destination, key: string, runId: string): Promise<Manifest | undefined> {
  try {
    const manifest = await ownManifest(destination, key, runId);
    if (manifest === undefined) await removeUncompared(destination, key);
    return manifest;
  } catch (error) {
    if (error instanceof DestinationError) return undefined;
    throw error;
  }
}

function kept(destination: Destination, { archive }: Manifest): Stored {
  return {
    outcome: 'stored',
    destination: destination.name,
    path: destination.locate(archive.key),
    sizeInBytes: archive.sizeInBytes,
    seconds: 0,
    compared: true,
    kept: true,
  };
}

function missing({ name }: Destination): Stored {
  return {
    outcome: 'failed',
    destination: name,
    reason: `${name} had not taken the archive when the worker of this run died.`,
    refused: false,
  };
}
