import type { Backup } from './backup.ts';
import { newestFirst } from './backup.ts';
import type { VerifyMemory } from './verify-memory.ts';

/**
 * What to read this time, so that everything is read again within so many `times`: the newest of each kind, and of the others
 * those that were left unread for longest, until they make a share of all bytes.
 */
export function dueToVerify(backups: readonly Backup[], memory: VerifyMemory, times: number): Backup[] {
  const newest = newestOfEachKind(backups);
  const others = backups.filter((backup) => !newest.includes(backup));
  const shareInBytes = sizeOf(others) / Math.max(1, times);
  return [...newest, ...untilTheyMake(shareInBytes, longestUnreadFirst(others, memory))];
}

export function newestOfEachKind(backups: readonly Backup[]): Backup[] {
  const ordered = newestFirst(backups);
  return ordered.filter(({ kind }, at) => ordered.findIndex((each) => each.kind === kind) === at);
}

/** Those that were never tried come first, the oldest before the others. */
function longestUnreadFirst(backups: readonly Backup[], memory: VerifyMemory): Backup[] {
  const since = ({ key }: Backup) => Date.parse(memory[key]?.triedAt ?? '1970-01-01');
  return newestFirst(backups)
    .toReversed()
    .toSorted((a, b) => since(a) - since(b));
}

/** The last one may be larger than what was left of the share; otherwise a large one would never have its turn. */
function untilTheyMake(bytes: number, backups: readonly Backup[]): Backup[] {
  let left = bytes;
  return backups.filter(({ sizeInBytes }) => {
    if (left <= 0) return false;
    left -= sizeInBytes;
    return true;
  });
}

function sizeOf(backups: readonly Backup[]): number {
  return backups.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0);
}
