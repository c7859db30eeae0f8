import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Backup } from '../backup.ts';
import type { LastFound } from '../verification.ts';

/** What can be wrong, by name: alerts are about one of them. */
export const CheckName = z.enum([
  'reachable',
  'worker',
  'age',
  'missed-run',
  'storage',
  'size',
  'manifest',
  'vanished',
  'free-space',
  'damage',
]);
export type CheckName = z.infer<typeof CheckName>;

/** One thing that is wrong, as reports and alerts carry it. */
export const HealthFailure = z.object({
  check: CheckName,
  /** What is wrong, a sentence. */
  problem: z.string(),
  /** What one can do, a sentence. */
  advice: z.string(),
});
export type HealthFailure = z.infer<typeof HealthFailure>;

export type WatchedBackup = Pick<Backup, 'key' | 'kind' | 'takenAt' | 'sizeInBytes'> & {
  readonly hasManifest: boolean;
  /** Why it is not taken for a backup though it has a manifest: `has 5 B, and 10 B were stored`. */
  readonly doubt?: string | undefined;
  /** What reading it back has shown; left out when it never was. */
  readonly last?: LastFound | undefined;
};

/** What a destination holds of one app. */
export interface Holdings {
  /** As the configuration calls it. */
  readonly destination: string;
  /** In any order. */
  readonly backups: readonly WatchedBackup[];
  /** Archives that are not there while their manifests are. */
  readonly gone: readonly Pick<Backup, 'key' | 'takenAt'>[];
  /** Backups that Holdfast stored and did not remove, of which nothing is left. */
  readonly vanished?: readonly Pick<Backup, 'key' | 'takenAt'>[];
  /** Of a folder of this machine. */
  readonly freeInBytes?: number;
}

/** What is known of the app besides. */
export interface Watch {
  readonly app: string;
  readonly now: DateTime;
  /** The app's IANA zone. */
  readonly zone: string;
  /** When full runs were due; an app that only others back up has none. */
  readonly runs?: RunsDue;
  /** When the unfinished run began, or was asked for if it waits. */
  readonly runningSince?: DateTime;
  /** A clean of the app waits or goes on. */
  readonly isBeingCleaned?: boolean;
  /** It is backed up elsewhere: nothing can be run from here, and no clean belongs here. */
  readonly isOnlyWatched?: boolean;
}

/** Tells which runs were due after `since`, up to and including `until`; no more than `atMost`. */
export type RunsDue = (since: DateTime, until: DateTime, atMost: number) => DateTime[];

/** One thing to look at. */
export interface HealthCheck {
  readonly name: CheckName;
  /** What is wrong, if anything; `undecided` while only the run that is under way, or the first to be due, can tell. */
  judge(holdings: Holdings, watch: Watch): Finding | 'undecided' | undefined;
}

export type Finding = Omit<HealthFailure, 'check'>;
