import { DatabaseOptions, dumpFileNameOf } from '../databases/options.ts';
import { didYouMean } from '../domain/did-you-mean.ts';
import type { Outline } from './outline.ts';
import { holdsPlaceholder } from './placeholders.ts';
import type { Problem } from './problems.ts';
import { sharedPlaces } from './shared-places.ts';

/** What is wrong between the parts of a configuration that are each right by themselves. */
export function crossCheck(outline: Outline): Problem[] {
  const { apps, destinations } = outline;
  const ofEach = Object.entries(apps).flatMap(([app, { runsOn, destinations: named, databases, keepAt }]) => [
    ...unknownDestinations(app, named, Object.keys(destinations)),
    ...twice(app, named),
    ...keptElsewhere(app, Object.keys(keepAt), named),
    ...placeholderAsGroup(app, runsOn),
    ...dumpsOfOneName(app, databases),
  ]);
  return [...ofEach, ...sharedPlaces(outline)];
}

function unknownDestinations(app: string, named: readonly string[], known: readonly string[]): Problem[] {
  return named.flatMap((name, at) => {
    if (known.includes(name)) return [];
    const [likely] = didYouMean(name, known);
    const hint =
      likely === undefined ? `There are ${known.join(', ') || 'none'}.` : `Did you mean "${likely}"?`;
    return [
      { path: ['apps', app, 'destinations', at], message: `There is no destination "${name}". ${hint}` },
    ];
  });
}

function twice(app: string, named: readonly string[]): Problem[] {
  return named.flatMap((name, at) =>
    named.indexOf(name) === at
      ? []
      : [{ path: ['apps', app, 'destinations', at], message: `"${name}" is named twice. Once is enough.` }],
  );
}

function keptElsewhere(app: string, kept: readonly string[], named: readonly string[]): Problem[] {
  return kept
    .filter((name) => !named.includes(name))
    .map((name) => {
      const [likely] = didYouMean(name, named);
      const hint =
        likely === undefined ? `It goes to ${named.join(', ') || 'none'}.` : `Did you mean "${likely}"?`;
      return {
        path: ['apps', app, 'keepAt', name],
        message: `${app} does not go to a destination "${name}". ${hint}`,
      };
    });
}

/** The bot and every worker have to read the same group, whatever their environments hold. */
function placeholderAsGroup(app: string, runsOn: string): Problem[] {
  if (!holdsPlaceholder(runsOn)) return [];
  return [{ path: ['apps', app, 'runsOn'], message: 'A group is named as it is, not by a placeholder.' }];
}

/** Entries that are wrong by themselves, or wait for a placeholder, have no name yet. */
function dumpsOfOneName(app: string, databases: readonly unknown[]): Problem[] {
  const names = databases.map((database) => {
    const { data } = DatabaseOptions.safeParse(database);
    return data && dumpFileNameOf(data);
  });
  return names.flatMap((name, at) =>
    name === undefined || names.indexOf(name) === at
      ? []
      : [
          {
            path: ['apps', app, 'databases', at],
            message: `Its dump would be called ${name}, as that of another database here. Give one of them a "name".`,
          },
        ],
  );
}
