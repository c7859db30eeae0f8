import { z } from 'zod';
import { AppName, BackupKind } from './backup.ts';
import { PlanHash } from './clean-command.ts';
import { HealthVerdict } from './health/verdict.ts';
import { Instant } from './instant.ts';
import { Who } from './who.ts';

/** A backup, and why it stays or goes. */
export const JudgedBackup = z.object({
  key: z.string(),
  backup: BackupKind,
  takenAt: Instant,
  sizeInBytes: z.int(),
  reason: z.string(),
});
export type JudgedBackup = z.infer<typeof JudgedBackup>;

const NotReached = z.object({
  reachable: z.literal(false),
  destination: z.string(),
  problem: z.string(),
  /** Its credentials may only write, which may be just what is wanted; it is cleaned from elsewhere. */
  writeOnly: z.boolean(),
});

/** What a clean would do at one destination. */
export const PlannedPlace = z.discriminatedUnion('reachable', [
  z.object({
    reachable: z.literal(true),
    destination: z.string(),
    keep: z.array(JudgedBackup),
    remove: z.array(JudgedBackup),
    /** Manifests whose archive has gone; they go too. */
    leftovers: z.array(z.string()),
    /** Backups that somebody else removed with their manifests; once the plan is confirmed they are no longer looked for. */
    vanished: z.array(z.string()).optional(),
    warnings: z.array(z.string()),
  }),
  NotReached,
]);
export type PlannedPlace = z.infer<typeof PlannedPlace>;

/** What a clean would remove and keep; it does nothing yet. */
export const CleanupPlanReport = z.object({
  kind: z.literal('cleanup-plan'),
  app: AppName,
  at: Instant,
  /** Only looked at; nobody is asked to confirm it. */
  dryRun: z.boolean(),
  /** Why the plan that was confirmed was not carried out to its end: it is not this one any more, or a worker stopped in the middle of it. */
  insteadOf: z.enum(['another-plan', 'a-broken-off-clean']).optional(),
  /** What one confirms: exactly this plan. Left out where there is nothing to remove. */
  hash: PlanHash.optional(),
  /** The words that carry it out. */
  confirmation: z.string().optional(),
  places: z.array(PlannedPlace),
});
export type CleanupPlanReport = z.infer<typeof CleanupPlanReport>;

/** What a clean did at one destination. */
export const CleanedPlace = z.discriminatedUnion('reachable', [
  z.object({
    reachable: z.literal(true),
    destination: z.string(),
    /** Archive and manifest are gone. */
    removed: z.array(JudgedBackup),
    /** Manifests whose archive had gone before. */
    leftovers: z.array(z.string()),
    /** What could not be removed, and why: tried again next time. */
    failed: z.array(z.object({ key: z.string(), problem: z.string() })),
    /** Keys that somebody began to read meanwhile; they go next time. */
    beingRead: z.array(z.string()),
    /** How many were not tried any more, because too many before them failed or the clean was cancelled. */
    notTried: z.int(),
    /** What stays by the plan. */
    kept: z.object({ count: z.int(), sizeInBytes: z.int() }),
    warnings: z.array(z.string()),
  }),
  NotReached,
]);
export type CleanedPlace = z.infer<typeof CleanedPlace>;

/** Whether a clean found backups that are not what was stored, or that somebody else removed. */
export function foundWrong({ verdicts = [] }: Pick<CleanedReport, 'verdicts'>): boolean {
  return verdicts.some(({ failures }) => failures.length > 0);
}

/** A clean that ended. */
export const CleanedReport = z.object({
  kind: z.literal('cleaned'),
  jobId: z.string(),
  app: AppName,
  askedBy: Who,
  startedAt: Instant,
  finishedAt: Instant,
  /**
   * `partly`: something could not be removed, or not everything was reached. `failed`: nothing could be done at all.
   * `cancelled`: it stopped between two backups; what was removed before is gone.
   */
  outcome: z.enum(['cleaned', 'partly', 'failed', 'cancelled']),
  /** Only of one that was cancelled. */
  cancelledBy: Who.optional(),
  /** Why nothing could be done, where that is not for a single destination to say. */
  reason: z.string().optional(),
  places: z.array(CleanedPlace),
  /** What it found before it did anything, where no person had seen it: for alerts, as a look at the backups would tell it. */
  verdicts: z.array(HealthVerdict).optional(),
});
export type CleanedReport = z.infer<typeof CleanedReport>;

/** How far a clean has come. Lossy: a listener may miss any of them. */
export const CleanProgress = z.object({
  app: AppName,
  /** Backups and manifests without an archive, at all destinations together. */
  removed: z.int().nonnegative(),
  toRemove: z.int().nonnegative(),
});
export type CleanProgress = z.infer<typeof CleanProgress>;

/** A clean that was accepted and waits for its worker, or the one that was met: there is one at a time for an app. */
export const CleanQueued = z.object({
  kind: z.literal('clean-queued'),
  jobId: z.string(),
  app: AppName,
  askedBy: Who,
  askedAt: Instant,
  group: z.string(),
  workerAlive: z.boolean(),
  /** It was asked for before; nothing was queued. */
  already: z.boolean(),
});
export type CleanQueued = z.infer<typeof CleanQueued>;
