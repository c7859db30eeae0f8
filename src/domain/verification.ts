import { z } from 'zod';
import { Instant } from './instant.ts';

/**
 * What it showed to read a backup to its end, the last time that could be done. `not-compared`: it never could, also not when the
 * backup was stored.
 */
export const LastFound = z.object({ found: z.enum(['whole', 'differs', 'not-compared']), at: Instant });
export type LastFound = z.infer<typeof LastFound>;

/** What is known of the backups that are there since they were last read back; of those never read nothing is. */
export const Verification = z.object({
  /** Left out while none was read. */
  lastAt: Instant.optional(),
  whole: z.int(),
  /** Not what was stored, and still there. */
  damaged: z.int(),
  /** Those that could not be compared when they were stored, and were not read since. */
  notCompared: z.int().optional(),
});
export type Verification = z.infer<typeof Verification>;

/** `undefined` while there is nothing to say of any. */
export function verificationOf(lasts: readonly (LastFound | undefined)[]): Verification | undefined {
  return verifiedTogether(
    lasts.map((last) => {
      if (last === undefined) return undefined;
      if (last.found === 'not-compared') return { whole: 0, damaged: 0, notCompared: 1 };
      const isWhole = last.found === 'whole';
      return { lastAt: last.at, whole: isWhole ? 1 : 0, damaged: isWhole ? 0 : 1 };
    }),
  );
}

/** That of several destinations or apps. */
export function verifiedTogether(
  verifications: readonly (Verification | undefined)[],
): Verification | undefined {
  return verifications.reduce((one, other) => {
    if (one === undefined || other === undefined) return one ?? other;
    const lastAt = laterOf(one.lastAt, other.lastAt);
    const notCompared = (one.notCompared ?? 0) + (other.notCompared ?? 0);
    return {
      ...(lastAt && { lastAt }),
      whole: one.whole + other.whole,
      damaged: one.damaged + other.damaged,
      ...(notCompared > 0 && { notCompared }),
    };
  }, undefined);
}

function laterOf(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) > Date.parse(other) ? one : other;
}
