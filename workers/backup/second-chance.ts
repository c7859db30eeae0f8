import { copyArchive } from '../../src/destinations/copy.ts';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import type { FanOutOptions } from '../../src/destinations/fan-out.ts';
import type { Stored } from '../../src/domain/report.ts';
import { type State, StateError } from '../../src/state/state.ts';
import { whileReading } from '../reading.ts';
import type { Written } from './write-archive.ts';

type StoredRow = Extract<Stored, { outcome: 'stored' }>;

/**
 * Brings the archive to the destinations that were not reached while it was made: copied from one that has it, so that
 * nothing is dumped and read a second time. One that said no would say no again, and is left alone.
 */
export async function secondChance(
  written: Written,
  destinations: readonly Destination[],
  options: FanOutOptions,
  state: State,
): Promise<Written> {
  const { archive, stored } = written;
  const missing = destinations.filter(({ name }) =>
    stored.some((row) => row.destination === name && row.outcome === 'failed' && !row.refused),
  );
  if (archive === undefined || missing.length === 0) return written;

  for (const source of sourcesAmong(destinations, stored)) {
    const copied = await unlessUnreadable(() =>
      whileReading(archive.key, source, state, () =>
        copyArchive(source, missing, archive.key, archive, options),
      ),
    );
    if (copied !== undefined)
      return { ...written, stored: stored.map((row) => afterCopy(row, source, copied)) };
  }
  return written;
}

/**
 * Those that hold it: first where it was compared, and a folder of this machine before the others, because it costs nobody a
 * download. Copying compares what is read, so a copy that nobody could compare may serve as well.
 */
function sourcesAmong(destinations: readonly Destination[], stored: readonly Stored[]): Destination[] {
  const holds = (isMeant: (row: StoredRow) => boolean) => (destination: Destination) =>
    stored.some((row) => row.outcome === 'stored' && row.destination === destination.name && isMeant(row));
  const wasCompared = holds(({ compared }) => compared);
  const rank = (destination: Destination) =>
    2 * Number(wasCompared(destination)) + Number(destination.folder !== undefined);
  return destinations.filter(holds(() => true)).toSorted((a, b) => rank(b) - rank(a));
}

async function unlessUnreadable(
  copy: () => Promise<readonly Stored[]>,
): Promise<readonly Stored[] | undefined> {
  try {
    return await copy();
  } catch (error) {
    // Another source may be readable; and what is stored stays stored when no copy can be made.
    if (error instanceof DestinationError || error instanceof StateError) return undefined;
    throw error;
  }
}

function afterCopy(row: Stored, source: Destination, copied: readonly Stored[]): Stored {
  const again = copied.find(({ destination }) => destination === row.destination);
  if (again === undefined || row.outcome === 'stored') return row;
  if (again.outcome === 'stored') return again;
  return { ...again, reason: `${row.reason} A copy from ${source.name} failed as well: ${again.reason}` };
}
