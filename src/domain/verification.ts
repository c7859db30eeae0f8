import { z } from 'zod';
import { Instant } from './instant.ts';

/** What it showed to read a backup to its end, the last time that could be done. */
export const LastFound = z.object({ found: z.enum(['whole', 'differs']), at: Instant });
export type LastFound = z.infer<typeof LastFound>;

/** What is known of the backups that are there since they were last read back; of those never read nothing is. */
export const Verification = z.object({
  lastAt: Instant,
  whole: z.int(),
  /** Not what was stored, and still there. */
  damaged: z.int(),
});
export type Verification = z.infer<typeof Verification>;

/** `undefined` while none was ever read. */
export function verificationOf(lasts: readonly (LastFound | undefined)[]): Verification | undefined {
  return verifiedTogether(
    lasts.map((last) => {
      if (last === undefined) return undefined;
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
    return {
      lastAt: laterOf(one.lastAt, other.lastAt),
      whole: one.whole + other.whole,
      damaged: one.damaged + other.damaged,
    };
  }, undefined);
}

function laterOf(one: Instant, other: Instant): Instant {
  return Date.parse(one) > Date.parse(other) ? one : other;
}
