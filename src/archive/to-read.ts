import { constants, type Stats } from 'node:fs';
import type { FileVersion } from './archive.ts';

/** What was a file a moment ago may be a pipe by now, which would block without `O_NONBLOCK`, or a link elsewhere. */
export function flagsToRead(throughLink: boolean): number {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  return O_RDONLY | O_NONBLOCK | (throughLink ? 0 : O_NOFOLLOW);
}

/** What tells that a file was changed. */
export function versionOf({ size, mtimeMs }: Stats): FileVersion {
  return { sizeInBytes: size, modifiedAtInMs: mtimeMs };
}
