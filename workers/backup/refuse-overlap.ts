import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { excluderOf } from '../../src/archive/exclude.ts';
import type { FileSelection } from '../../src/archive/file-selection.ts';
import type { Destination } from '../../src/destinations/destination.ts';
import { type App, RunRefused } from '../app.ts';

/**
 * An archive that would contain itself grows until the disk is full. A destination may lie inside a source when it is excluded there.
 * @throws {RunRefused}
 */
export async function refuseOverlap(
  app: App,
  files: FileSelection,
  destinations: readonly Destination[],
): Promise<void> {
  const excludes = excluderOf(files);

  for (const { name, folder } of destinations) {
    if (folder === undefined) continue;
    const target = await realPath(folder);
    for (const include of files.include) {
      const source = await realPath(include);
      if (isInside(source, target)) throw new RunRefused(insideDestination(app.name, include, name, folder));
      if (isInside(target, source) && !excludes(folder))
        throw new RunRefused(containsDestination(app.name, include, name, folder));
    }
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith('../'));
}

/** Links resolved as far as the path exists: a destination's folder may not have been made yet. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realPath(dirname(path)), basename(path));
  }
}

function insideDestination(app: string, include: string, destination: string, folder: string): string {
  return `${app} would back up its own backups: ${include} is the folder of destination ${destination} (${folder}) or lies in it. Take it out of apps.${app}.files.include.`;
}

function containsDestination(app: string, include: string, destination: string, folder: string): string {
  return `${app} would back up its own backups: ${include} contains the folder of destination ${destination} (${folder}). Add it to apps.${app}.files.exclude, or move the destination elsewhere.`;
}
