import { z } from 'zod';
import { AppName, BackupKind } from './backup.ts';
import { Instant } from './instant.ts';
import { Who } from './who.ts';

/** What reading a backup from its first byte to its last has shown. */
export const VerifiedBackup = z.object({
  key: z.string(),
  backup: BackupKind,
  takenAt: Instant,
  sizeInBytes: z.int(),
  /**
   * `whole`: size and SHA-256 are those of its manifest. `unsteady`: only when it was read a second time. `no-manifest`: nobody knows what it should be. `write-only`: these
   * credentials may not read it. `not-read`: it could not be read to its end.
   */
  found: z.enum(['whole', 'differs', 'unsteady', 'no-manifest', 'write-only', 'not-read']),
  /** What is wrong, a sentence that names the object; of all but whole ones. */
  problem: z.string().optional(),
});
export type VerifiedBackup = z.infer<typeof VerifiedBackup>;

/** What was found at one destination. */
export const VerifiedPlace = z.discriminatedUnion('reachable', [
  z.object({
    reachable: z.literal(true),
    destination: z.string(),
    backups: z.array(VerifiedBackup),
    /** How many were not tried any more, because too many before them could not be read or somebody cancelled. */
    notTried: z.int(),
    /** How many backups there are, read or not. */
    there: z.int(),
  }),
  z.object({
    reachable: z.literal(false),
    destination: z.string(),
    problem: z.string(),
    /** Its credentials may only write, which may be just what is wanted; what it holds cannot be known from here. */
    writeOnly: z.boolean(),
  }),
]);
export type VerifiedPlace = z.infer<typeof VerifiedPlace>;

/** Backups that were read back and compared. */
export const VerifiedReport = z.object({
  kind: z.literal('verified'),
  jobId: z.string(),
  app: AppName,
  askedBy: Who,
  startedAt: Instant,
  finishedAt: Instant,
  /**
   * `differs`: at least one is not what was stored. `unknown`: of at least one it could not be known, or there was none.
   * `failed`: nothing could be done at all.
   */
  outcome: z.enum(['whole', 'differs', 'unknown', 'failed', 'cancelled']),
  /** Only of one that was cancelled. */
  cancelledBy: Who.optional(),
  /** Why nothing could be done, where that is not for a single destination to say. */
  reason: z.string().optional(),
  places: z.array(VerifiedPlace),
});
export type VerifiedReport = z.infer<typeof VerifiedReport>;

/** How much was read so far, at all destinations together. Lossy: a listener may miss any of them. */
export const VerifyProgress = z.object({
  app: AppName,
  readInBytes: z.int().nonnegative(),
  toReadInBytes: z.int().nonnegative(),
});
export type VerifyProgress = z.infer<typeof VerifyProgress>;

/** A verification that was accepted and waits for its worker, or the one that was met: there is one at a time for an app. */
export const VerifyQueued = z.object({
  kind: z.literal('verify-queued'),
  jobId: z.string(),
  app: AppName,
  askedBy: Who,
  askedAt: Instant,
  group: z.string(),
  workerAlive: z.boolean(),
  /** It was asked for before; nothing was queued. */
  already: z.boolean(),
});
export type VerifyQueued = z.infer<typeof VerifyQueued>;
