import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { type Backup, newestFirst } from '../../src/domain/backup.ts';
import type { Stored } from '../../src/domain/report.ts';
import { humanBytes } from '../../src/domain/units.ts';
import type { App } from '../app.ts';
import type { Written } from './write-archive.ts';

/** A backup may be larger than the last one by so much before its destination is unprepared. */
const growth = 1.2;

interface Expected extends Pick<Backup, 'kind'> {
  readonly app: Pick<App, 'name' | 'checkFreeSpace'>;
  /** What there is to read; where there is no earlier backup, nothing else tells how large one becomes. */
  readonly expectedInBytes: number;
}

/**
 * Lets `write` write to those destinations that have room for the backup, as far as that can be known. The others are rows that
 * say how much is free and how much is needed; nothing is tried there. With none left nothing is written at all.
 */
export async function whereThereIsRoom(
  destinations: readonly Destination[],
  expected: Expected,
  write: (roomy: readonly Destination[]) => Promise<Written>,
): Promise<Written> {
  const refused = await Promise.all(destinations.map((destination) => refusalOf(destination, expected)));
  const roomy = destinations.filter((_, at) => refused[at] === undefined);
  if (roomy.length === 0) return { stored: refused.filter(isThere), dumps: [], warnings: [] };

  const written = await write(roomy);
  const rows = new Map(written.stored.map((row) => [row.destination, row]));
  const stored = destinations.map(({ name }, at) => refused[at] ?? rows.get(name)).filter(isThere);
  return { ...written, stored };
}

async function refusalOf(destination: Destination, expected: Expected): Promise<Stored | undefined> {
  const { name } = destination;
  const room = await roomAt(destination, expected);
  if (room === undefined || room.freeInBytes >= room.neededInBytes) return undefined;
  return {
    outcome: 'failed',
    destination: name,
    reason: noRoom(name, expected.app.name, room),
    refused: true,
  };
}

interface Room {
  readonly freeInBytes: number;
  readonly neededInBytes: number;
  readonly isFirst: boolean;
}

/** `undefined` where it cannot be known. What else is wrong with a destination is said when it is written to. */
async function roomAt(
  destination: Destination,
  { app, kind, expectedInBytes }: Expected,
): Promise<Room | undefined> {
  try {
    const freeInBytes = app.checkFreeSpace ? await destination.freeInBytes?.() : undefined;
    if (freeInBytes === undefined) return undefined;
    const [last] = newestFirst((await destination.list(app.name)).filter((backup) => backup.kind === kind));
    const neededInBytes = Math.ceil((last?.sizeInBytes ?? expectedInBytes) * growth);
    return { freeInBytes, neededInBytes, isFirst: last === undefined };
  } catch (error) {
    if (error instanceof DestinationError) return undefined;
    throw error;
  }
}

function noRoom(name: string, app: string, { freeInBytes, neededInBytes, isFirst }: Room): string {
  const numbers = `${name} has ${humanBytes(freeInBytes)} free, and this backup needs ${humanBytes(neededInBytes)}`;
  if (isFirst)
    return `${numbers}: ${growth} times what there is to read, as there is no earlier one to go by. Make room, or say "checkFreeSpace: false" under apps.${app} if it becomes much smaller.`;
  return `${numbers}: ${growth} times the last one. Make room on its disk, or see what can go with /backup clean ${app} --dry-run.`;
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
