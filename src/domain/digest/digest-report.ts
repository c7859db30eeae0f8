import { z } from 'zod';
import { AppName } from '../backup.ts';
import { Instant } from '../instant.ts';
import { Verification } from '../verification.ts';
import { DigestPicture } from './digest-picture.ts';

/** `unknown`: nobody who could look was there. */
export const AppState = z.enum(['unwell', 'unknown', 'well']);
export type AppState = z.infer<typeof AppState>;

/** One destination of an app. */
const DigestPlace = z.discriminatedUnion('reachable', [
  z.object({
    reachable: z.literal(true),
    destination: z.string(),
    totalInBytes: z.int(),
    /** What it may hold of the app. */
    limitInBytes: z.int().optional(),
    /** Against the digest before, where that knew it. */
    changeInBytes: z.int().optional(),
    newestAt: Instant.optional(),
  }),
  z.object({ reachable: z.literal(false), destination: z.string(), writeOnly: z.boolean() }),
]);

/** Until when alerts about an app are kept quiet. */
export const Muted = z.object({ until: Instant, reason: z.string().optional() });
export type Muted = z.infer<typeof Muted>;

const DigestApp = z.object({
  app: AppName,
  state: AppState,
  /** Why it is not well, sentences. */
  problems: z.array(z.string()),
  /** In the window; one that was cancelled is none. */
  runs: z.int(),
  /** Of them, those that were stored only partly or not at all. */
  failures: z.int(),
  places: z.array(DigestPlace),
  nextRunAt: Instant.optional(),
  muted: Muted.optional(),
});
export type DigestApp = z.infer<typeof DigestApp>;

/** What happened since the last digest, and how everything is now. */
export const DigestReport = z.object({
  kind: z.literal('digest'),
  from: Instant,
  to: Instant,
  /** Left out when somebody asked for it. */
  dueAt: Instant.optional(),
  /** It could not be told when it was due. */
  late: z.boolean(),
  /** Of all apps, also of those that are not among `apps`. */
  totals: z.object({
    apps: z.int(),
    unwell: z.int(),
    unknown: z.int(),
    runs: z.int(),
    failures: z.int(),
    /** The archives that the runs stored. */
    storedInBytes: z.int(),
    /** What the destinations hold. */
    storageInBytes: z.int(),
    changeInBytes: z.int().optional(),
    /** Of all backups at all destinations; left out while none was read back. */
    verification: Verification.optional(),
    /** Of the days that the picture shows. */
    recent: z.object({ runs: z.int(), failures: z.int() }),
  }),
  /** Unwell ones first, every one of them; then those that are muted, and as many well ones as people will read. */
  apps: z.array(DigestApp),
  /** The groups that did not answer, and whom they know: every app whose state is unknown, and unwell ones. */
  silent: z.array(z.object({ group: z.string(), apps: z.array(AppName), reason: z.string().optional() })),
  picture: DigestPicture.optional(),
});
export type DigestReport = z.infer<typeof DigestReport>;
