import { z } from 'zod';
import { Instant } from './instant.ts';
import { LastFound } from './verification.ts';
import type { VerifiedBackup } from './verify-report.ts';

/** What is remembered of the backups of an app at one destination since somebody tried to read them, by their keys. */
export const VerifyMemory = z.record(z.string(), z.object({ triedAt: Instant, last: LastFound.optional() }));
export type VerifyMemory = z.infer<typeof VerifyMemory>;

/** Longer than any sensible schedule leaves a backup unread. */
export const verifyMemoryInSeconds = 400 * 24 * 3600;

/** Where it is kept. Neither name has a slash in it. */
export function verifyMemoryKey(app: string, destination: string): string {
  return `verified.${destination}/${app}`;
}

/**
 * The memory after some were tried at `at`, of those backups that are `there`. One that could not be read to its end keeps what
 * was found before: damage does not go away because nobody can look.
 */
export function withVerified(
  memory: VerifyMemory,
  verified: readonly VerifiedBackup[],
  { there, at }: { readonly there: readonly string[]; readonly at: Instant },
): VerifyMemory {
  const tried = new Map(verified.map(({ key, found }) => [key, found]));
  const known = there.flatMap((key) => {
    const before = memory[key];
    const found = tried.get(key);
    if (found === undefined) return before === undefined ? [] : [[key, before] as const];
    const last = found === 'whole' || found === 'differs' ? { found, at } : before?.last;
    return [[key, { triedAt: at, ...(last && { last }) }] as const];
  });
  return Object.fromEntries(known);
}
