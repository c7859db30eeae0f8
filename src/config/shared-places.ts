import { DestinationOptions, placeOf } from '../destinations/options.ts';
import { humanList } from '../domain/units.ts';
import type { Outline } from './outline.ts';
import { holdsPlaceholder } from './placeholders.ts';
import type { Problem } from './problems.ts';

/** Apps whose backups would lie in one folder, and destinations of an app that are one. */
export function sharedPlaces(outline: Outline): Problem[] {
  return [...appsOfOneFolder(outline), ...destinationsOfOnePlace(outline)];
}

/** An app's name is a folder at each destination, and not every file system or store tells capitals apart. */
function appsOfOneFolder({ apps, destinations }: Outline): Problem[] {
  const all = Object.entries(apps);
  return all.flatMap(([app, { destinations: named }], at) => {
    const places = new Set(named.map((name) => placeNamed(name, destinations)));
    const alike = all.slice(0, at).flatMap(([other, { destinations: others }]) => {
      if (other.toLowerCase() !== app.toLowerCase()) return [];
      const shared = others.filter((name) => places.has(placeNamed(name, destinations)));
      return shared.length === 0 ? [] : [{ other, shared }];
    });
    return alike.map(({ other, shared }) => ({
      path: ['apps', app],
      message: `It differs from apps.${other} in capitals alone, and both go to ${humanList(shared)}. Where capitals are not told apart they are one folder. Give one of them another name.`,
    }));
  });
}

/** The second would refuse every archive that the first has taken. */
function destinationsOfOnePlace({ apps, destinations }: Outline): Problem[] {
  return Object.entries(apps).flatMap(([app, { destinations: named }]) => {
    const places = named.map((name) => placeNamed(name, destinations));
    return named.flatMap((name, at) => {
      const first = named[places.indexOf(places[at] ?? '')];
      if (first === undefined || first === name) return [];
      const message = `"${name}" is the same place as "${first}": a copy of its own is needed. Take one of them out, or give it another place.`;
      return [{ path: ['apps', app, 'destinations', at], message }];
    });
  });
}

/** What a destination fills, as far as it is known before its placeholders are; else its name. */
function placeNamed(name: string, destinations: Outline['destinations']): string {
  const options = destinations[name];
  const { data } = DestinationOptions.safeParse(options);
  return data === undefined || holdsPlaceholder(options) ? `called ${name}` : placeOf(data);
}
