import { type Comparison, compareInTime } from '../../src/destinations/compare.ts';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import type { Stored } from '../../src/domain/report.ts';
import type { State } from '../../src/state/state.ts';
import { ownManifest } from './own-manifest.ts';
import { recallFacts } from './remember-facts.ts';
import { removeUncompared } from './remove-uncompared.ts';
import type { Facts, Written } from './write-archive.ts';

interface Looking {
  readonly runId: string;
  readonly state: State;
  readonly signal: AbortSignal;
  readonly stallTimeoutInMs: number;
}

/**
 * What an earlier start of the same run has already brought to its destinations, so that it need not be made again. `undefined`
 * when none of them has it. An archive that a worker left before it could write the manifest is compared with what that worker
 * was about to store; only where that is not known, or it differs, is it removed. One that cannot be looked at stops nothing at the
 * others: what is wrong with it is reported when it is written to. @throws {RunRefused} when the key is that of another run's backup.
 */
export async function findStored(
  key: string,
  destinations: readonly Destination[],
  looking: Looking,
): Promise<Written | undefined> {
  const facts = await recallFacts(looking.runId, key, looking.state);
  const found = await Promise.all(destinations.map((destination) => look(destination, key, facts, looking)));
  const known = found.find((one) => one !== undefined)?.facts;
  if (known === undefined) return undefined;

  return {
    ...{ archive: known.archive, dumps: known.dumps, warnings: known.warnings },
    stored: destinations.map((destination, i) => rowOf(destination, found[i])),
    withManifest: new Set(destinations.filter((_, i) => found[i]?.hasManifest).map(({ name }) => name)),
  };
}

interface Found {
  readonly facts: Facts;
  readonly comparison: Comparison;
  readonly hasManifest: boolean;
}

async function look(
  destination: Destination,
  key: string,
  facts: Facts | undefined,
  looking: Looking,
): Promise<Found | undefined> {
  try {
    const manifest = await ownManifest(destination, key, looking.runId);
    if (manifest !== undefined) {
      const { notCompared: note } = manifest;
      const comparison = { compared: note === undefined, ...(note !== undefined && { note }) };
      return { facts: manifest, comparison, hasManifest: true };
    }
    if (facts !== undefined) return await compareLeftover(destination, key, facts, looking);
    await removeUncompared(destination, key);
    return undefined;
  } catch (error) {
    if (error instanceof DestinationError) return undefined;
    throw error;
  }
}

async function compareLeftover(
  destination: Destination,
  key: string,
  facts: Facts,
  looking: Looking,
): Promise<Found | undefined> {
  const found = await destination.head(key);
  if (found === undefined || found === 'write-only') return undefined;
  const comparison = await compareInTime(destination, key, facts.archive, looking);
  return { facts, comparison, hasManifest: false };
}

function rowOf(destination: Destination, found: Found | undefined): Stored {
  const { name } = destination;
  if (found === undefined)
    return {
      outcome: 'failed',
      destination: name,
      reason: `${name} had not taken the archive when the worker of this run died.`,
      refused: false,
    };
  const { key, sizeInBytes } = found.facts.archive;
  const path = destination.locate(key);
  return {
    ...{ outcome: 'stored', destination: name, path, sizeInBytes, seconds: 0, kept: true },
    ...found.comparison,
  };
}
