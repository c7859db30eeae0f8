import { humanDuration } from '../../src/domain/units.ts';
import type { Log } from '../../src/log.ts';
import type { State } from '../../src/state/state.ts';
import { type Watch, watchCancel } from '../watch-cancel.ts';

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

/** Ends a run when somebody cancels it, in whatever process, or when it takes too long. */
export async function watchRun(
  { runId, app, maxDurationInMs, signals }: Limits,
  tools: { readonly state: State; readonly log: Log },
): Promise<Watch> {
  const ending = new AbortController();
  const cancel = await watchCancel(runId, tools);
  const limit = setTimeout(() => ending.abort(tooLong(app, maxDurationInMs)), maxDurationInMs);
  return {
    signal: AbortSignal.any([...signals, cancel.signal, ending.signal]),
    close() {
      cancel.close();
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
