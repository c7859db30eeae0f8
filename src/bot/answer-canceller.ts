import type { ReportOf, RunReport } from '../domain/report.ts';
import { CancelRequest, cancelKey } from '../domain/run-memory.ts';
import type { Who } from '../domain/who.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import { send } from './send.ts';

/** Tells whoever wanted a run cancelled what became of that, unless the run's card says so before their eyes. */
export async function answerCanceller(
  run: RunReport,
  { queue, state }: { readonly queue: Queue; readonly state: State },
): Promise<void> {
  const { data: request } = CancelRequest.safeParse(await state.recall(cancelKey(run.runId)));
  if (request === undefined || (request.seenOnCard && run.outcome === 'cancelled')) return;
  const { jobId, by, replyTo } = request;
  await send({ jobId, report: cancelReport(run, by), to: replyTo }, queue);
}

/** What became of a request to cancel, now that its run has ended. */
export function cancelReport(run: RunReport, by: Who): ReportOf<'cancel'> {
  const { runId, app, outcome, finishedAt } = run;
  if (outcome === 'cancelled')
    return { kind: 'cancel', runId, app, by: run.cancelledBy ?? by, became: 'cancelled', outcome };
  return { kind: 'cancel', runId, app, by, became: 'too-late', outcome, finishedAt };
}
