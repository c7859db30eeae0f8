import type { RunReport } from '../domain/report.ts';
import { CancelRequest, cancelKey } from '../domain/run-memory.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import { cancelReport } from './cancel-run.ts';
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
