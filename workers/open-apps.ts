import { openFormat } from '../src/archive/registry.ts';
import type { AppConfig, WorkerPart } from '../src/config/parts.ts';
import { openDumper } from '../src/databases/registry.ts';
import type { Destination } from '../src/destinations/destination.ts';
import { openDestination } from '../src/destinations/registry.ts';
import type { App } from './app.ts';
import { choresOf } from './schedules/chores-of.ts';

/** The apps of a worker's part of the configuration, by name, with their tools ready for use. Connects to nothing yet. */
export function openApps({ apps, destinations, timezone }: WorkerPart): ReadonlyMap<string, App> {
  const open = new Map(
    Object.entries(destinations).map(([name, options]) => [name, openDestination(name, options)]),
  );
  return new Map(
    Object.entries(apps).map(([name, options]) => [name, openApp(name, options, timezone, open)]),
  );
}

function openApp(
  name: string,
  options: AppConfig,
  zone: string,
  open: ReadonlyMap<string, Destination>,
): App {
  const { files, databases, archive, destinations, stallTimeout, maxDuration } = options;
  const { checkFreeSpace, keep, keepAt, monitor, pings } = options;
  return {
    name,
    ...(files && { files }),
    dumpers: databases.map(openDumper),
    archive: openFormat(archive),
    destinations: destinations.flatMap((destination) => open.get(destination) ?? []),
    stallTimeoutInMs: stallTimeout * 1000,
    maxDurationInMs: maxDuration * 1000,
    checkFreeSpace,
    zone,
    health: monitor,
    ...(pings && { pings }),
    verifyAllWithinDays: options.schedule.verifyAllWithinDays,
    chores: choresOf(name, options, zone),
    retention: { zone, policyAt: (destination) => keepAt[destination] ?? keep },
  };
}
