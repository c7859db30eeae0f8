import { z } from 'zod';
import { AlertNews } from './alert/news.ts';
import { Mute } from './alert/state.ts';
import { AppName, BackupKind } from './backup.ts';
import { CleanedReport, CleanProgress, CleanQueued, CleanupPlanReport } from './cleanup-report.ts';
import { Verb } from './command.ts';
import { DigestReport } from './digest/digest-report.ts';
import { Chore, Pause } from './firing.ts';
import { HealthVerdict } from './health/verdict.ts';
import { Instant } from './instant.ts';
import { LinkReport } from './link-report.ts';
import { DumpFacts } from './manifest.ts';
import { Stray } from './stray.ts';
import { TimeZone } from './time-zone.ts';
import { LastFound, Verification } from './verification.ts';
import { VerifiedReport, VerifyProgress, VerifyQueued } from './verify-report.ts';
import { Who } from './who.ts';

const StepName = z.enum(['starting', 'dumping', 'files', 'storing']);

/** One part of a run, and what it read. */
export const Step = z.object({
  step: StepName,
  /** The database that was dumped. */
  subject: z.string().optional(),
  startedAt: Instant,
  /** How long it took; left out while it goes on. */
  seconds: z.number().nonnegative().optional(),
  /** Read from databases and files, before compression. */
  contentInBytes: z.int().nonnegative(),
});
export type Step = z.infer<typeof Step>;

/** How far a run has come. Lossy: a listener may miss any of them. */
export const Progress = z.object({
  app: AppName,
  step: StepName,
  /** What is read right now: a database or a file's name. */
  subject: z.string().optional(),
  /** Read from databases and files so far. */
  contentInBytes: z.int().nonnegative(),
  /** Of the finished archive that has left for the destinations. */
  archiveInBytes: z.int().nonnegative(),
  entries: z.int().nonnegative(),
  /** What there is to read, about: as much as the last run of the same kind read. */
  expectedInBytes: z.int().nonnegative().optional(),
  startedAt: Instant,
  at: Instant,
  /** All there were so far. */
  steps: z.array(Step).optional(),
});
export type Progress = z.infer<typeof Progress>;

/** What became of the archive at one destination. */
export const Stored = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('stored'),
    destination: z.string(),
    path: z.string(),
    sizeInBytes: z.int(),
    /** From the first byte until it was compared. */
    seconds: z.number(),
    /** Whether what is there was compared with what was sent. Without a `note` it was not because the credentials are write-only. */
    compared: z.boolean(),
    /** Why it could not be compared, or what else a person should know of this copy; a sentence. */
    note: z.string().optional(),
    /** The destination it was copied from, when it did not take the archive as it was made. */
    copiedFrom: z.string().optional(),
    /** It held the archive already, from a start of this run that did not come to its end. */
    kept: z.boolean().optional(),
  }),
  z.object({
    outcome: z.literal('failed'),
    destination: z.string(),
    reason: z.string(),
    /** It said no, and would again; otherwise it was not reached or broke off. */
    refused: z.boolean(),
  }),
]);
export type Stored = z.infer<typeof Stored>;

const RunFacts = z.object({
  runId: z.string(),
  app: AppName,
  backup: BackupKind,
  askedBy: Who,
  startedAt: Instant,
  finishedAt: Instant,
});

/** A run that ended: stored everywhere, partly, or nowhere; or cancelled, which is no failure of the backup. */
export const RunReport = RunFacts.extend({
  kind: z.literal('run'),
  outcome: z.enum(['stored', 'partly', 'failed', 'cancelled']),
  /** Only of one that was cancelled. */
  cancelledBy: Who.optional(),
  /** Why nothing was stored; only when the outcome is `failed`. */
  reason: z.string().optional(),
  /** The archive, when at least one destination holds it. */
  archive: z
    .object({
      key: z.string(),
      sha256: z.string(),
      sizeInBytes: z.int(),
      contentInBytes: z.int(),
      entries: z.int(),
    })
    .optional(),
  destinations: z.array(Stored),
  dumps: z.array(DumpFacts),
  warnings: z.array(z.string()),
  /** What was asked for, as one would type it. */
  words: z.string().optional(),
  askedAt: Instant.optional(),
  /** The run that failed before, when somebody asked for the same again. */
  retryOf: z.string().optional(),
  steps: z.array(Step).optional(),
  /** How often it was begun: once, and again whenever a worker died in the middle of it. */
  attempt: z.int().positive().optional(),
  /** The machine that read the data. */
  host: z.string().optional(),
  /** It stored everywhere, and the runs of its app before it did not: so many in a row, the first of which ended then. */
  worksAgain: z.object({ failures: z.int().positive(), since: Instant }).optional(),
});
export type RunReport = z.infer<typeof RunReport>;

const ListedBackup = z.object({
  key: z.string(),
  backup: BackupKind,
  takenAt: Instant,
  sizeInBytes: z.int(),
  /** What reading it back has shown; left out when it never was. */
  last: LastFound.optional(),
  /** Why it is not known to be a backup, as the end of a sentence about it. */
  doubt: z.string().optional(),
});

const Unseen = {
  problem: z.string(),
  /** The credentials may not look, which may be just what is wanted. */
  writeOnly: z.boolean().optional(),
};

/** One app at one destination, for the overview. */
export const Holding = z.discriminatedUnion('reachable', [
  z.object({
    reachable: z.literal(true),
    app: AppName,
    destination: z.string(),
    count: z.int(),
    totalInBytes: z.int(),
    /** What all kinds of backup may take together, where there is a limit. */
    limitInBytes: z.int().optional(),
    newest: ListedBackup.optional(),
    verification: Verification.optional(),
  }),
  z.object({ reachable: z.literal(false), app: AppName, destination: z.string(), ...Unseen }),
]);
export type Holding = z.infer<typeof Holding>;

const Work = z.enum(['run', 'clean', 'verify']);

/** A run, a clean or a verification, as `status` and "already running" speak of it. */
export const Unfinished = z.object({
  runId: z.string(),
  doing: Work,
  app: AppName,
  askedBy: Who,
  askedAt: Instant,
  state: z.enum(['waiting', 'running']),
  /** Of a run. */
  progress: Progress.optional(),
  /** Of a clean. */
  cleaned: CleanProgress.optional(),
  /** Of a verification. */
  verified: VerifyProgress.optional(),
  /** What was asked for, as one would type it. */
  words: z.string().optional(),
  retryOf: z.string().optional(),
});
export type Unfinished = z.infer<typeof Unfinished>;

const Misread = z.object({
  /** The verb, when at least that was understood. */
  verb: Verb.optional(),
  /** What is wrong, a sentence. */
  problem: z.string(),
  /** The words as they were read, and where in them the problem is, counted from 0. */
  words: z.string(),
  column: z.int().optional(),
  /** Whole commands one might have meant. Never run on a guess. */
  didYouMean: z.array(z.string()),
});

/**
 * Everything the product ever tells people. Each crosses the queue or a socket as JSON; `bot/render.ts` has the words for it.
 */
export const Report = z.discriminatedUnion('kind', [
  RunReport,
  /** A run was accepted; `ahead` others of its worker group come first, and `workerAlive` says whether anybody is there to do it. */
  z.object({
    kind: z.literal('queued'),
    runId: z.string(),
    app: AppName,
    askedBy: Who,
    askedAt: Instant,
    ahead: z.int(),
    group: z.string(),
    workerAlive: z.boolean(),
    retryOf: z.string().optional(),
  }),
  /** One unfinished run per app: whoever asks for a second is told about the first. */
  z.object({ kind: z.literal('already-running'), run: Unfinished }),
  /** `cancel r_4k2m9xw7`: what became of it, for whoever asked; its own report says the same to everybody else. */
  z.object({
    kind: z.literal('cancel'),
    runId: z.string(),
    doing: Work,
    app: AppName,
    /** Who cancelled it first. */
    by: Who,
    /** `awaited`: its worker has not heard of it yet. `too-late`: it ended before it could be cancelled. */
    became: z.enum(['cancelled', 'awaited', 'too-late']),
    /** `not-begun`: a clean whose plan had become another one, which was shown instead. */
    outcome: z
      .enum([
        ...RunReport.shape.outcome.options,
        'cleaned',
        'not-begun',
        ...VerifiedReport.shape.outcome.exclude(['failed', 'cancelled']).options,
      ])
      .optional(),
    /** Of what had ended before it could be cancelled. */
    finishedAt: Instant.optional(),
  }),
  /** `status r_4k2m9xw7`: all that is known of one run, or of a clean or a verification that goes on. */
  z.object({
    kind: z.literal('details'),
    at: Instant,
    run: z.discriminatedUnion('state', [
      Unfinished,
      z.object({ state: z.literal('ended'), report: RunReport }),
    ]),
  }),
  CleanupPlanReport,
  CleanQueued,
  CleanedReport,
  VerifyQueued,
  VerifiedReport,
  /** `list`: every app and destination of one worker group. */
  z.object({
    kind: z.literal('overview'),
    group: z.string(),
    at: Instant,
    holdings: z.array(Holding),
    /** Looked for when it is about all apps of the group. */
    strays: z.array(Stray).optional(),
  }),
  /** `list shop`: the single backups, newest first. */
  z.object({
    kind: z.literal('backups'),
    app: AppName,
    at: Instant,
    destinations: z.array(
      z.discriminatedUnion('reachable', [
        z.object({ reachable: z.literal(true), destination: z.string(), backups: z.array(ListedBackup) }),
        z.object({ reachable: z.literal(false), destination: z.string(), ...Unseen }),
      ]),
    ),
  }),
  z.object({
    kind: z.literal('status'),
    at: Instant,
    unfinished: z.array(Unfinished),
    apps: z.array(
      z.object({
        app: AppName,
        last: z
          .object({
            runId: z.string(),
            outcome: RunReport.shape.outcome,
            finishedAt: Instant,
            reason: z.string().optional(),
          })
          .optional(),
      }),
    ),
    groups: z.array(z.object({ group: z.string(), alive: z.boolean() })),
  }),
  /** `monitor`: what the destinations of one worker group hold, and what is wrong with it. */
  z.object({
    kind: z.literal('health'),
    group: z.string(),
    at: Instant,
    verdicts: z.array(HealthVerdict),
    holdings: z.array(Holding),
    /** Looked for when it is about all apps of the group. */
    strays: z.array(Stray).optional(),
  }),
  /** What people should hear of the health of their backups without asking. */
  z.object({ kind: z.literal('alert'), at: Instant, news: AlertNews }),
  /** Chores were due while nobody was there to see to them; one late `run` begins now. */
  z.object({ kind: z.literal('missed'), app: AppName, chore: Chore, due: z.array(Instant), at: Instant }),
  /** `schedule`: what is due when. */
  z.object({
    kind: z.literal('schedule'),
    at: Instant,
    /** The zone of the configuration, which times are shown in beside the app's own. */
    timezone: TimeZone,
    apps: z.array(
      z.object({
        app: AppName,
        paused: Pause.optional(),
        chores: z.array(z.object({ chore: Chore, cron: z.string(), zone: TimeZone, next: z.array(Instant) })),
      }),
    ),
  }),
  z.object({ kind: z.literal('paused'), app: AppName, pause: Pause }),
  z.object({ kind: z.literal('resumed'), app: AppName, wasPaused: z.boolean() }),
  z.object({ kind: z.literal('muted'), mute: Mute }),
  z.object({ kind: z.literal('unmuted'), app: AppName, wasMuted: z.boolean() }),
  DigestReport,
  LinkReport,
  z.object({ kind: z.literal('help'), topic: Verb.optional(), verbs: z.array(Verb), apps: z.array(AppName) }),
  z.object({
    kind: z.literal('whoami'),
    who: Who,
    where: z.string(),
    verbs: z.array(z.object({ verb: Verb, apps: z.array(AppName) })),
  }),
  /**
   * Not allowed. `grantors` are the people and groups of this platform who may do it here; only the operator, who edits
   * `access`, can let others do it, and needs the id in `who` for that.
   */
  z.object({
    kind: z.literal('refused'),
    who: Who,
    where: z.string(),
    verb: Verb,
    app: AppName.optional(),
    grantors: z.array(z.string()),
    /** Groups that decide it, and of which the platform did not say who is in them. */
    unknown: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('not-understood'), ...Misread.shape }),
  /** The command needs an app and several are allowed; `commands` are the whole commands, one an app. */
  z.object({
    kind: z.literal('choose-app'),
    verb: Verb,
    apps: z.array(AppName),
    commands: z.array(z.string()),
  }),
  /** Nobody is there to answer a question; nothing was queued. */
  z.object({ kind: z.literal('no-worker'), group: z.string(), apps: z.array(AppName) }),
  /** A question or command that could not be carried out for a reason outside of it: the queue is away, a job broke. */
  z.object({ kind: z.literal('trouble'), doing: z.string(), reason: z.string() }),
  /** A chat platform, or one place on it, does not work until a person does something. Told elsewhere. */
  z.object({
    kind: z.literal('chat-trouble'),
    platform: z.string(),
    /** The one place it concerns: `telegram:-100`. */
    place: z.string().optional(),
    problem: z.string(),
  }),
]);
export type Report = z.infer<typeof Report>;

/** The report of one kind: `ReportOf<'refused'>`. */
export type ReportOf<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>;

/** What is told of the end of work that goes by an id. */
export type EndedWork = ReportOf<'run' | 'cleaned' | 'verified'>;
