import type { DateTime } from 'luxon';
import type { Instant } from '../instant.ts';
import type { RunRecord } from '../run-record.ts';
import type { Verification } from '../verification.ts';
import type { Muted } from './digest-report.ts';

/** All that a digest is made of. */
export interface DigestFacts {
  /** The last digest; what happened after it counts. */
  readonly from: DateTime;
  readonly to: DateTime;
  readonly dueAt?: Instant;
  readonly late: boolean;
  /** IANA; the days of the picture begin there. */
  readonly zone: string;
  readonly withPicture: boolean;
  readonly apps: readonly AppFacts[];
  /** Why a worker group could not answer, where it said so itself. */
  readonly troubles: ReadonlyMap<string, string>;
}

/** What was gathered of one app. */
export interface AppFacts {
  readonly app: string;
  readonly group: string;
  /** The runs of the last weeks, the newest last. */
  readonly runs: readonly RunRecord[];
  /** Left out when its worker group did not answer. */
  readonly found?: Found;
  /** What its destinations held at the last digest, by their names. */
  readonly before?: Readonly<Record<string, number>>;
  readonly nextRunAt?: Instant;
  readonly muted?: Muted;
}

/** What a worker found when it looked. */
export interface Found {
  readonly places: readonly FoundPlace[];
  /** What is wrong, sentences. */
  readonly problems: readonly string[];
}

export type FoundPlace =
  | {
      readonly reachable: true;
      readonly destination: string;
      readonly totalInBytes: number;
      readonly newestAt?: Instant;
      /** How much it may hold of the app. */
      readonly limitInBytes?: number;
      readonly verification?: Verification;
    }
  /** `writeOnly`: its credentials may not look, which may be just what is wanted. */
  | { readonly reachable: false; readonly destination: string; readonly writeOnly: boolean };
