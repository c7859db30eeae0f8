import { getSystemErrorMap } from 'node:util';

/** The files of an app could not be read as its configuration says. */
export class FileSelectionError extends Error {
  override readonly name = 'FileSelectionError';
}

/** `permission denied (EACCES)`: what the system said, without the path and the system call. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error);
  const [, words] = getSystemErrorMap().get(error.errno ?? 0) ?? [];
  return words === undefined ? `the system said ${error.code}` : `${words} (${error.code})`;
}

/** Whether something that was seen a moment ago is not there any more. */
export function isGone(error: unknown): boolean {
  return isSystemError(error) && ['ENOENT', 'ENOTDIR', 'ESTALE'].includes(error.code);
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
