import type { DateTime } from 'luxon';
import type { Log } from '../src/log.ts';
import type { Pinger } from '../src/ops/pinger.ts';
import type { HandedBack, Queue } from '../src/queue/queue.ts';
import type { State } from '../src/state/state.ts';
import type { App } from './app.ts';

/** A worker among others: `since` is an instant. */
export interface WorkerId {
  readonly id: string;
  readonly since: string;
}

/** What the jobs of one worker group work with. */
export interface Tools {
  readonly group: string;
  readonly apps: ReadonlyMap<string, App>;
  /** The names of all apps in the configuration, also of other groups; left out: only those of this one are known. */
  readonly knownApps?: readonly string[];
  /** This worker among others. Left out: there are none. */
  readonly worker?: WorkerId;
  readonly queue: Queue;
  readonly state: State;
  readonly log: Log;
  readonly clock: () => DateTime;
  /** Words to whoever watches from outside. */
  readonly pinger: Pinger;
  /** Aborted with {@link HandedBack} when this worker stops and waits no longer for what it has in hand. */
  readonly stopping: AbortSignal;
  /** Takes secrets out of whatever leaves this process. */
  readonly redact: (text: string) => string;
}
