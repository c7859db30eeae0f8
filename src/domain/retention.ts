import type { DateTime } from 'luxon';
import { type Backup, BackupKind } from './backup.ts';
import { latestPresent } from './clock-grace.ts';
import { type RetentionPolicy, strategyFor } from './retention/registry.ts';
import { withinLimit } from './retention/storage-limit.ts';
import { type Dated, type Judged, stays } from './retention/strategy.ts';

type Plannable = Pick<Backup, 'key' | 'kind' | 'takenAt' | 'sizeInBytes'>;

/** What should become of the backups of an app at one destination. Both lists are kind by kind, newest first. */
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
  /** The keys of what was not as stored when it was read back. */
  readonly damaged?: ReadonlySet<string>;
  /** The keys of what is not known to be a backup: without a manifest, or unlike it. Whoever lists them says what is wrong. */
  readonly unproven?: ReadonlySet<string>;
  /**
   * The keys of the backups whose runs are remembered. In a clean that nobody looks at, no other one changes what becomes of them:
   * whoever can write to a destination, and no more, cannot have backups removed by adding newer ones. Left out where nothing is known.
   */
  readonly remembered?: ReadonlySet<string> | undefined;
}

/**
 * Plans the clean-up of one app at one destination. Each kind of backup is a series of its own, with windows and room of
 * its own: partial backups never push out a full one. The newest of a series stays whatever the policy says. A backup
 * that is dated in the future, known to be damaged, or not known to be a backup stays, and takes neither room nor the place of
 * another.
 */
export function planCleanup<B extends Plannable>(
  backups: readonly B[],
  policy: RetentionPolicy,
  context: PlanningContext,
): CleanupPlan<B> {
  const listed = backups.map((backup) => ({ backup, at: backup.takenAt.toMillis() }));
  const sorted = listed.sort((a, b) => b.at - a.at);
  const whyAside = whyAsideIn(context);
  const aside = sorted.flatMap((item) => {
    const why = whyAside(item);
    return why === undefined ? [] : [{ item, ...why }];
  });
  const counted = sorted.filter((item) => whyAside(item) === undefined);
  const judged = aside
    .map(({ item, judgement }): Judged<Listed<B>> => [item, judgement])
    .concat(...BackupKind.options.map((kind) => judgeApart(counted.filter(isOf(kind)), policy, context)));
  return {
    keep: judged.filter(([, { stays }]) => stays).map(planned),
    remove: judged.filter(([, { stays }]) => !stays).map(planned),
    warnings: aside.flatMap(({ item, warning }) =>
      warning === undefined ? [] : [`${item.backup.key} ${warning} It is kept and not counted.`],
    ),
  };
}

interface Listed<B> extends Dated {
  readonly backup: B;
}

const theNewest = stays('the newest, which is never removed');
const isRead = stays('is being read right now, so it stays until the next time');
const fromTheFuture = {
  judgement: stays('dated in the future, so it is not counted'),
  warning: "is dated in the future: the clock of the machine that made it was wrong, or this one's is.",
};
const isUnproven = {
  judgement: stays('not known to be a backup, so it is not counted'),
  warning: undefined,
};
const wasDamaged = {
  judgement: stays('not as stored when it was read back, so it is not counted'),
  warning: 'was not what was stored when it was read back.',
};

/** A damaged copy, or what is no backup at all, would let a clean remove the whole ones before it if it counted. */
function whyAsideIn({ now, damaged, unproven }: PlanningContext) {
  const latest = latestPresent(now).toMillis();
  return ({ backup, at }: Listed<Plannable>) => {
    if (at > latest) return fromTheFuture;
    if (damaged?.has(backup.key)) return wasDamaged;
    return unproven?.has(backup.key) ? isUnproven : undefined;
  };
}

/** Where nobody looks at the plan, the remembered ones of a series are judged as if there were no others. */
function judgeApart<B extends Plannable>(
  series: readonly Listed<B>[],
  policy: RetentionPolicy,
  context: PlanningContext,
): Judged<Listed<B>>[] {
  const all = judgeSeries(series, policy, context);
  const { unattended, remembered } = context;
  if (!unattended || remembered === undefined) return all;

  const isRemembered = ({ backup }: Listed<B>) => remembered.has(backup.key);
  const alone = new Map(judgeSeries(series.filter(isRemembered), policy, context));
  return all.map(([item, judgement]) => [item, alone.get(item) ?? judgement]);
}

/** The strategy decides, the size limit takes more, and what is being read stays after all. */
function judgeSeries<B extends Plannable>(
  series: readonly Listed<B>[],
  policy: RetentionPolicy,
  { now, zone, unattended = false, beingRead }: PlanningContext,
): Judged<Listed<B>>[] {
  const [newest] = series;
  if (newest === undefined) return [];

  const { takenAt } = newest.backup; // May be a little later than now, by the clock of another machine.
  const countedFrom = (unattended || takenAt > now ? takenAt : now).setZone(zone);
  const byAge = strategyFor(policy).judge(series.slice(1), countedFrom);
  const bySize = withinLimit([[newest, theNewest], ...byAge], policy.maximumStorageInMegabytes);
  return bySize.map((judged) => {
    const [item, { stays }] = judged;
    return !stays && beingRead?.has(item.backup.key) ? [item, isRead] : judged;
  });
}

function isOf(wanted: BackupKind): (item: Listed<Plannable>) => boolean {
  return ({ backup: { kind } }) => kind === wanted;
}

function planned<B extends Plannable>([{ backup }, { reason }]: Judged<Listed<B>>): Planned<B> {
  return { backup, reason };
}
