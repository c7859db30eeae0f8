import { type EndedWork, RunReport } from '../src/domain/report.ts';
import { runKey, runMemoryInSeconds } from '../src/domain/run-memory.ts';
import { sentenceOf } from '../src/log.ts';
import { redactReport } from './redact-report.ts';
import type { Tools } from './tools.ts';

/** Keeps what a run, a clean or a verification was and how it ended, for whoever asks for its status or wants it once more. False when it cannot be kept now. */
export async function rememberRun(
  report: EndedWork,
  { state, log, redact }: Pick<Tools, 'state' | 'log' | 'redact'>,
): Promise<boolean> {
  const id = report.kind === 'run' ? report.runId : report.jobId;
  try {
    await state.remember(runKey(id), redactReport(report, redact), runMemoryInSeconds);
    return true;
  } catch (thrown) {
    log.warn(`How ${id} ended cannot be kept now: ${sentenceOf(thrown)}`);
    return false;
  }
}

/** How a run ended, if it has. @throws {StateError} */
export async function recallRun(id: string, { state }: Pick<Tools, 'state'>): Promise<RunReport | undefined> {
  return RunReport.safeParse(await state.recall(runKey(id))).data;
}
