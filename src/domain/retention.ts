import type { DateTime } from 'luxon';
import { type Backup, BackupKind, newestFirst } from './backup.ts';
import { type RetentionPolicy, strategyFor } from './retention/registry.ts';
import { withinLimit } from './retention/storage-limit.ts';
import { type Judged, stays } from './retention/strategy.ts';

type Plannable = Pick<Backup, 'key' | 'kind' | 'takenAt' | 'sizeInBytes'>;

/** What should become of the backups of an app at one destination. Both lists are newest first. */
export interface CleanupPlan<B extends Plannable = Plannable> {
  readonly keep: readonly Planned<B>[];
  readonly remove: readonly Planned<B>[];
  /** Sentences about backups that cannot be right. */
  readonly warnings: readonly string[];
}

/** A backup and why it stays or goes: `newest of week 2026-W41`, `over 5,000 MB, oldest first`. */
export interface Planned<B extends Plannable = Plannable> {
  readonly backup: B;
  readonly reason: string;
}

export interface PlanningContext {
  readonly now: DateTime;
  /** The app's IANA zone: where its days, weeks, months and years begin. */
  readonly zone: string;
  /**
   * A clean that nobody looks at: ages are counted from the newest backup of each series, not from now. Nothing grows old
   * while nothing new is stored: however long runs fail, the copies there are do not get fewer.
   */
  readonly unattended?: boolean;
  /** The keys a download or a copy is reading; they stay until the next time. */
  readonly beingRead?: ReadonlySet<string>;
}

/**
 * Plans the clean-up of one app at one destination. Each kind of backup is a series of its own, with windows and room of
 * its own: partial backups never push out a full one. The newest of a series stays whatever the policy says. A backup
 * dated in the future stays, and takes neither room nor anybody's place.
 */
export function planCleanup<B extends Plannable>(
  backups: readonly B[],
  policy: RetentionPolicy,
  context: PlanningContext,
): CleanupPlan<B> {
  const sorted = newestFirst(backups);
  const past = sorted.filter(({ takenAt }) => takenAt <= context.now);
  const verdicts = new Map(
    BackupKind.options.flatMap((kind) => judgeSeries(past.filter(isOf(kind)), policy, context)),
  );
  const planned = sorted.map((backup) => ({ backup, ...(verdicts.get(backup) ?? fromTheFuture) }));
  return {
    keep: planned.filter(({ stays }) => stays).map(withReason),
    remove: planned.filter(({ stays }) => !stays).map(withReason),
    warnings: sorted.filter((backup) => !verdicts.has(backup)).map(({ key }) => warningOf(key)),
  };
}

const theNewest = stays('the newest, which is never removed');
const isRead = stays('is being read right now, so it stays until the next time');
const fromTheFuture = stays('dated in the future, so it is not counted');

/** The strategy decides, the size limit takes more, and what is being read stays after all. */
function judgeSeries<B extends Plannable>(
  series: readonly B[],
  policy: RetentionPolicy,
  { now, zone, unattended = false, beingRead }: PlanningContext,
): Judged<B>[] {
  const [newest, ...older] = series;
  if (newest === undefined) return [];

  const countedFrom = (unattended ? newest.takenAt : now).setZone(zone);
  const byAge = strategyFor(policy).judge(older, countedFrom);
  const bySize = withinLimit([[newest, theNewest], ...byAge], policy.maximumStorageInMegabytes);
  return bySize.map(([backup, verdict]) => {
    return [backup, !verdict.stays && beingRead?.has(backup.key) ? isRead : verdict];
  });
}

function isOf(wanted: BackupKind): (backup: Plannable) => boolean {
  return ({ kind }) => kind === wanted;
}

function withReason<B extends Plannable>({ backup, reason }: Planned<B>): Planned<B> {
  return { backup, reason };
}

function warningOf(key: string): string {
  return `${key} is dated in the future: the clock of the machine that made it was wrong, or this one's is. It is kept and not counted.`;
}
