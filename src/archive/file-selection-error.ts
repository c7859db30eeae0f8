import { getSystemErrorMap } from 'node:util';
import type { SystemFault } from './archive.ts';

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

/** Whether what was a file a moment ago is a link or a socket by now. https://man7.org/linux/man-pages/man2/open.2.html */
export function isReplaced(error: unknown): boolean {
  return isSystemError(error) && ['ELOOP', 'ENXIO'].includes(error.code);
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** @throws what is not the system's. */
export function faultOf(error: unknown): SystemFault {
  if (!isSystemError(error)) throw error;
  return { message: error.message, code: error.code, errno: error.errno ?? 0 };
}

export function systemError({ message, code, errno }: SystemFault): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, errno });
}
