import { access, constants, stat } from 'node:fs/promises';
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
    const isFolder = (await stat(path)).isDirectory();
    if (ignoreUnreadable) return undefined;
    await access(path, isFolder ? constants.R_OK | constants.X_OK : constants.R_OK);
    return undefined;
  } catch (error) {
    return `${path}: ${reasonOf(error)}`;
  }
}
