import type { Destination } from '../../src/destinations/destination.ts';
import type { FanOutOptions } from '../../src/destinations/fan-out.ts';
import type { Stored } from '../../src/domain/report.ts';
import type { State } from '../../src/state/state.ts';
import { secondChance } from './second-chance.ts';
import { type Run, storeManifest } from './store-manifest.ts';
import type { Written } from './write-archive.ts';

/**
 * Puts the manifest beside every archive that is complete, and only then gives the destinations that were not reached their second
 * chance: a backup that is there does not wait for one that may never be. One row a destination, in their order.
 */
export async function completeEverywhere(
  written: Written,
  run: Run,
  destinations: readonly Destination[],
  options: FanOutOptions,
  state: State,
): Promise<readonly Stored[]> {
  const stored = await storeManifest(written, run, destinations, options.signal);
  const everywhere = await secondChance({ ...written, stored }, destinations, options, state);
  const copiedTo = destinations.filter(({ name }) => isCopied(everywhere.stored, name));
  return storeManifest(everywhere, run, copiedTo, options.signal);
}

function isCopied(stored: readonly Stored[], destination: string): boolean {
  return stored.some(
    (row) => row.destination === destination && row.outcome === 'stored' && row.copiedFrom !== undefined,
  );
}
