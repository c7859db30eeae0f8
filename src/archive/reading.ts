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
  warnings.add('gone', `Left out ${short(path)}: it was gone before it could be read.`);
}

/** What could not be opened. @throws {FileSelectionError} when it is there and the selection does not ignore that. */
export function leaveOut(path: string, reading: Reading, error: unknown): void {
  if (isGone(error)) {
    leaveOutAsGone(path, reading);
    return;
  }
  if (!reading.selection.ignoreUnreadable) throw unreadable(path, error);
  if (!isSystemError(error)) throw error;
  reading.warnings.add('unreadable', `Left out ${short(path)}: ${reasonOf(error)}.`);
}

/** An error that is not the system's is handed back as it is. */
export function unreadable(path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const cure =
    error.code === 'ENAMETOOLONG'
      ? 'The system takes paths of up to 4,096 bytes. Exclude it'
      : 'Let the user that runs Holdfast read it, exclude it';
  return new FileSelectionError(
    `Could not read ${short(path)}: ${reasonOf(error)}. ${cure}, or set ignoreUnreadable.`,
    { cause: error },
  );
}

/** Both ends of a path that fills the screen. */
function short(path: string): string {
  return path.length <= 300 ? path : `${path.slice(0, 100)} … ${path.slice(-100)}`;
}
