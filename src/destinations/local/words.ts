import { DestinationError } from '../destination.ts';

/**
 * What the file system said, as a sentence for the channel. An error that is not the file system's is handed back as it is.
 * Codes: https://man7.org/linux/man-pages/man3/errno.3.html
 */
export function inWords(whatFailed: string, path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const reason = reasons[error.code]?.(path) ?? `the system said ${error.code}.`;
  return new DestinationError(`${whatFailed}: ${reason}`, { kind: kindOf(error.code), cause: error });
}

function kindOf(code: string): DestinationError['kind'] {
  if (code === 'ENOENT') return 'missing';
  return reasons[code] === notReached ? 'not-reached' : 'refused';
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

const mayNotWrite = (path: string) =>
  `the user that runs Holdfast has no right to do so below ${path}. Give it that right.`;
const notReached = (path: string) =>
  `the disk behind ${path} did not answer. See whether it is healthy, mounted and within reach.`;

const reasons: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `no space is left on the disk of ${path}. Free some, or remove old backups.`,
  EDQUOT: (path) =>
    `the disk quota of the user that runs Holdfast is used up at ${path}. Raise it, or remove old backups.`,
  EFBIG: (path) => `the file is larger than the file system of ${path} or a limit of this process allows.`,
  EROFS: (path) => `${path} is mounted read-only. Mount it writable.`,
  EACCES: mayNotWrite,
  EPERM: mayNotWrite,
  ENOTDIR: (path) => `${path}, or something in its place, is a file and not a folder. Name a folder.`,
  ENOENT: (path) => `it is not there. If ${path} is on a disk that has to be mounted, see whether it is.`,
  EEXIST: () => 'there is one of that name already, and a backup is never overwritten.',
  ELOOP: () => 'it is a link, and links inside a destination are not followed.',
  EISDIR: () => 'it is a folder, not a backup.',
  EIO: notReached,
  ESTALE: notReached,
  ENOTCONN: notReached,
  EHOSTDOWN: notReached,
  EHOSTUNREACH: notReached,
  ETIMEDOUT: notReached,
  ENODEV: notReached,
  ENXIO: notReached,
};
