import { CancelRequest, cancelKey } from '../../src/domain/run-memory.ts';
import { humanDuration } from '../../src/domain/units.ts';
import type { Who } from '../../src/domain/who.ts';
import { type Log, sentenceOf } from '../../src/log.ts';
import type { State } from '../../src/state/state.ts';

/** Often enough that a run ends within two seconds, and a mere look at one key. */
const everyMs = 500;

/** Somebody wants the run to end. */
export class RunCancelled extends Error {
  override name = 'RunCancelled';
  readonly by: Who;

  constructor(by: Who) {
    super(`Cancelled by ${by.name ?? by.id}.`);
    this.by = by;
  }
}

/** The run took longer than its app allows. */
export class RunTooLong extends Error {
  override name = 'RunTooLong';
}

interface Limits {
  readonly runId: string;
  readonly app: string;
  readonly maxDurationInMs: number;
  /** What else ends it: the queue, and the worker that stops. */
  readonly signals: readonly AbortSignal[];
}

/** A run that is watched. */
export interface Watch {
  /** Aborted, with an error that says why, when the run has to end before its end. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Ends a run when somebody cancels it, in whatever process, or when it takes too long. Sees a request that is already there at once. */
export async function watchRun(
  { runId, app, maxDurationInMs, signals }: Limits,
  { state, log }: { readonly state: State; readonly log: Log },
): Promise<Watch> {
  const ending = new AbortController();
  let looking = false;

  async function look(): Promise<void> {
    if (looking || ending.signal.aborted) return;
    looking = true;
    const { data: request } = CancelRequest.safeParse(await state.recall(cancelKey(runId)));
    looking = false;
    if (request !== undefined) ending.abort(new RunCancelled(request.by));
  }

  async function lookAgain(): Promise<void> {
    try {
      await look();
    } catch (thrown) {
      looking = false;
      log.debug(`Whether somebody cancels ${runId} cannot be seen now: ${sentenceOf(thrown)}`);
    }
  }

  await lookAgain();
  const looks = setInterval(lookAgain, everyMs);
  const limit = setTimeout(() => ending.abort(tooLong(app, maxDurationInMs)), maxDurationInMs);
  return {
    signal: AbortSignal.any([...signals, ending.signal]),
    close() {
      clearInterval(looks);
      clearTimeout(limit);
    },
  };
}

function tooLong(app: string, maxDurationInMs: number): RunTooLong {
  const allowed = humanDuration(maxDurationInMs / 1000);
  return new RunTooLong(
    `It was ended because it took longer than ${allowed}. Find out what is slow, or allow more with apps.${app}.maxDuration.`,
  );
}
