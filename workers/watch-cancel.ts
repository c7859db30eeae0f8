import { CancelRequest, cancelKey } from '../src/domain/run-memory.ts';
import type { Who } from '../src/domain/who.ts';
import { type Log, sentenceOf } from '../src/log.ts';
import type { State } from '../src/state/state.ts';

/** Often enough that a run ends within two seconds, and a mere look at one key. */
const everyMs = 500;

/** Somebody wants the run or the clean to end. */
export class Cancelled extends Error {
  override name = 'Cancelled';
  readonly by: Who;

  constructor(by: Who) {
    super(`Cancelled by ${by.name ?? by.id}.`);
    this.by = by;
  }
}

export interface Watch {
  /** Aborted, with an error that says why, when what is watched has to end before its end. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Aborts when somebody cancels `jobId`, in whatever process. Sees a request that is already there at once. */
export async function watchCancel(
  jobId: string,
  { state, log }: { readonly state: State; readonly log: Log },
): Promise<Watch> {
  const ending = new AbortController();
  let looking = false;

  async function look(): Promise<void> {
    if (looking || ending.signal.aborted) return;
    looking = true;
    try {
      const { data: request } = CancelRequest.safeParse(await state.recall(cancelKey(jobId)));
      if (request !== undefined) ending.abort(new Cancelled(request.by));
    } catch (thrown) {
      log.debug(`Whether somebody cancels ${jobId} cannot be seen now: ${sentenceOf(thrown)}`);
    } finally {
      looking = false;
    }
  }

  await look();
  const looks = setInterval(look, everyMs);
  return { signal: ending.signal, close: () => clearInterval(looks) };
}
