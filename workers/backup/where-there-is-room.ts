import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { type Backup, newestFirst } from '../../src/domain/backup.ts';
import type { Stored } from '../../src/domain/report.ts';
import { humanBytes, humanList } from '../../src/domain/units.ts';
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
 * say how much is free and how much is needed; nothing is tried there. Of two on one disk each takes its archive, so the second
 * has only what the first leaves. With none left nothing is written at all.
 */
export async function whereThereIsRoom(
  destinations: readonly Destination[],
  expected: Expected,
  write: (roomy: readonly Destination[]) => Promise<Written>,
): Promise<Written> {
  const rooms = await Promise.all(destinations.map((destination) => roomAt(destination, expected)));
  const refused = refusalsOf(rooms, expected.app.name);
  const roomy = destinations.filter(({ name }) => !refused.has(name));
  if (roomy.length === 0) return { stored: [...refused.values()], dumps: [], warnings: [] };

  const written = await write(roomy);
  const rows = new Map(written.stored.map((row) => [row.destination, row]));
  const stored = destinations.flatMap(({ name }) => refused.get(name) ?? rows.get(name) ?? []);
  return { ...written, stored };
}

function refusalsOf(rooms: readonly (Room | undefined)[], app: string): ReadonlyMap<string, Stored> {
  const refused = new Map<string, Stored>();
  const accepted: Room[] = [];
  for (const room of rooms) {
    if (room === undefined) continue;
    const before = accepted.filter(({ disk }) => disk !== undefined && disk === room.disk);
    if (room.freeInBytes >= neededBy([...before, room])) accepted.push(room);
    else refused.set(room.destination, refusal(room, before, app));
  }
  return refused;
}

function neededBy(rooms: readonly Room[]): number {
  return rooms.reduce((total, { neededInBytes }) => total + neededInBytes, 0);
}

function refusal(room: Room, before: readonly Room[], app: string): Stored {
  const { destination } = room;
  return { outcome: 'failed', destination, reason: noRoom(room, before, app), refused: true };
}

interface Room {
  readonly destination: string;
  readonly disk?: string | undefined;
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
    const disk = await destination.disk?.();
    return { destination: destination.name, disk, freeInBytes, neededInBytes, isFirst: last === undefined };
  } catch (error) {
    if (error instanceof DestinationError) return undefined;
    throw error;
  }
}

function noRoom(room: Room, before: readonly Room[], app: string): string {
  const { destination, freeInBytes, neededInBytes, isFirst } = room;
  const numbers = `${destination} has ${humanBytes(freeInBytes)} free, and this backup needs ${humanBytes(neededInBytes)}${besides(before)}`;
  if (isFirst)
    return `${numbers}: ${growth} times what there is to read, as there is no earlier one to go by. Make room, or say "checkFreeSpace: false" under apps.${app} if it becomes much smaller.`;
  return `${numbers}: ${growth} times the last one. Make room on its disk, or see what can go with /backup clean ${app} --dry-run.`;
}

function besides(before: readonly Room[]): string {
  if (before.length === 0) return '';
  const names = humanList(before.map(({ destination }) => destination));
  return `, besides ${humanBytes(neededBy(before))} for ${names} on the same disk`;
}
