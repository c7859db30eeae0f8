import { type Destination, DestinationError } from '../src/destinations/destination.ts';
import type { Stray } from '../src/domain/stray.ts';
import type { App } from './app.ts';
import type { Tools } from './tools.ts';

/** More are not worth the time it takes to list them. */
const mostLookedAt = 50;

interface Known extends Pick<Tools, 'knownApps'> {
  readonly apps: ReadonlyMap<string, Pick<App, 'destinations'>>;
}

/** Where somebody asks for all apps of the group; who looks at one app at a time, as schedules do, would look again and again. */
export async function straysBeside(
  asked: readonly unknown[],
  known: Known,
): Promise<{ readonly strays?: Stray[] }> {
  if (asked.length < known.apps.size) return {};
  const strays = await straysOf(known);
  return strays.length === 0 ? {} : { strays };
}

/**
 * Backups of apps that are not in this configuration: they were renamed or removed, or another Holdfast backs them up. No clean
 * or look of ours comes to them. Of a destination that cannot be listed nothing is known, which is reported with its backups.
 */
export async function straysOf({ apps, knownApps = [] }: Known): Promise<Stray[]> {
  const names = new Set([...apps.keys(), ...knownApps]);
  const destinations = new Set([...apps.values()].flatMap((app) => app.destinations));
  return (await Promise.all([...destinations].map((destination) => straysIn(destination, names)))).flat();
}

async function straysIn(destination: Destination, knownApps: ReadonlySet<string>): Promise<Stray[]> {
  try {
    const unknown = (await destination.listApps()).filter((app) => !knownApps.has(app));
    const counted = unknown
      .toSorted()
      .slice(0, mostLookedAt)
      .map(async (app) => {
        const { length: count } = await destination.list(app);
        return { app, destination: destination.name, count };
      });
    return (await Promise.all(counted)).filter(({ count }) => count > 0);
  } catch (thrown) {
    if (thrown instanceof DestinationError) return [];
    throw thrown;
  }
}
