import type { ReportOf } from '../domain/report.ts';
import { CancelRequest, cancelKey } from '../domain/run-memory.ts';
import type { Who } from '../domain/who.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import type { Ending } from './ending.ts';
import { send } from './send.ts';

/** Tells whoever wanted a run or a clean cancelled what became of that, unless its card says so before their eyes. */
export async function answerCanceller(
  ending: Ending,
  { queue, state }: { readonly queue: Queue; readonly state: State },
): Promise<void> {
  const { data: request } = CancelRequest.safeParse(await state.recall(cancelKey(ending.runId)));
  if (request === undefined || (request.seenOnCard && ending.outcome === 'cancelled')) return;
  const { jobId, by, replyTo } = request;
  await send({ jobId, report: cancelReport(ending, by), to: replyTo }, queue);
}

/** What became of a request to cancel, now that it has ended. */
export function cancelReport(ending: Ending, by: Who): ReportOf<'cancel'> {
  const { cancelledBy = by, finishedAt, ...facts } = ending;
  if (facts.outcome === 'cancelled')
    return { kind: 'cancel', ...facts, by: cancelledBy, became: 'cancelled' };
  return { kind: 'cancel', ...facts, by, became: 'too-late', finishedAt };
}
