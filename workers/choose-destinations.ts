import type { Destination } from '../src/destinations/destination.ts';
import { humanList } from '../src/domain/units.ts';
import { type App, RunRefused } from './app.ts';

/** The destinations of an app that are named; all of them when none is. @throws {RunRefused} for a name that is not among them. */
export function chooseDestinations(app: App, named: readonly string[]): readonly Destination[] {
  const unknown = named.filter((name) => !app.destinations.some((destination) => destination.name === name));
  if (unknown.length > 0) {
    const known = humanList(app.destinations.map(({ name }) => name));
    throw new RunRefused(
      `${app.name} does not go to ${humanList(unknown, 'or')}; its destinations are ${known}.`,
    );
  }
  return named.length === 0 ? app.destinations : app.destinations.filter(({ name }) => named.includes(name));
}
