import type { DateTime } from 'luxon';
import type { KnownApp } from '../../domain/known-app.ts';
import type { Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';
import type { PlannedDigest } from './digest-rule.ts';

/** What digests take. */
export interface DigestTools {
  readonly apps: readonly KnownApp[];
  readonly digests: readonly PlannedDigest[];
  /** IANA; the days of a picture that somebody asks for begin there. */
  readonly timezone: string;
  /** How long the answers of the worker groups are waited for. Default: a minute. */
  readonly digestPatienceInMs?: number;
  readonly queue: Queue;
  readonly state: State;
  readonly clock: () => DateTime;
}
