import type { BoundedWarnings } from './bounded-warnings.ts';
import type { FileSelection } from './file-selection.ts';
import { FileSelectionError, isGone, isSystemError, reasonOf } from './file-selection-error.ts';

/** What the steps of reading files share. */
export interface Reading {
  readonly selection: FileSelection;
  readonly warnings: BoundedWarnings;
}

/**
 * What `read` gives, or nothing: what is gone becomes a warning, and so does what may not be read if the selection
 * ignores that.
 * @throws {FileSelectionError} for what may not be read.
 */
export async function unlessUnreadable<T>(
  path: string,
  reading: Reading,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    leaveOut(path, reading, error);
    return undefined;
  }
}

export function leaveOutAsGone(path: string, { warnings }: Reading): void {
  warnings.add('gone', `Left out ${path}: it was gone before it could be read.`);
}

/** What could not be opened. @throws {FileSelectionError} when it is there and the selection does not ignore that. */
export function leaveOut(path: string, reading: Reading, error: unknown): void {
  if (isGone(error)) {
    leaveOutAsGone(path, reading);
    return;
  }
  if (!reading.selection.ignoreUnreadable) throw unreadable(path, error);
  if (!isSystemError(error)) throw error;
  reading.warnings.add('unreadable', `Left out ${path}: ${reasonOf(error)}.`);
}

/** An error that is not the system's is handed back as it is. */
export function unreadable(path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return new FileSelectionError(
    `Could not read ${path}: ${reasonOf(error)}. ` +
      'Let the user that runs Holdfast read it, exclude it, or set ignoreUnreadable.',
    { cause: error },
  );
}
