import { constants, open, opendir, stat } from 'node:fs/promises';
import type { FileSelection } from './file-selection.ts';
import { FileSelectionError, reasonOf } from './file-selection-error.ts';

/**
 * Looks at every included path before anything is read, so that a mistyped one fails the run.
 * @throws {FileSelectionError} that names all that are not there, or may not be read unless the selection ignores that.
 */
export async function checkFileSelection({ include, ignoreUnreadable }: FileSelection): Promise<void> {
  const looks = include.map((path) => problemOf(path, ignoreUnreadable));
  const problems = (await Promise.all(looks)).filter((problem) => problem !== undefined);
  if (problems.length === 0) return;

  throw new FileSelectionError(
    `Could not read ${problems.join(', ')}. Correct "include", or let the user that runs Holdfast read it.`,
  );
}

async function problemOf(path: string, ignoreUnreadable: boolean): Promise<string | undefined> {
  try {
    const stats = await stat(path);
    if (!ignoreUnreadable) await tryToRead(path, stats.isDirectory());
    return undefined;
  } catch (error) {
    return `${path}: ${reasonOf(error)}`;
  }
}

/** By doing it: what `access` says is about another user when the process has changed its own. */
async function tryToRead(path: string, isFolder: boolean): Promise<void> {
  if (!isFolder) return (await open(path, constants.O_RDONLY | constants.O_NONBLOCK)).close();
  await (await opendir(path)).close();
  // Only who may enter the folder gets an answer for the dot.
  await stat(`${path}/.`);
}
