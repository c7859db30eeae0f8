import type { CleanedReport } from '../src/domain/cleanup-report.ts';
import type { RunReport } from '../src/domain/report.ts';
import { runKey, runMemoryInSeconds } from '../src/domain/run-memory.ts';
import { sentenceOf } from '../src/log.ts';
import { redactReport } from './redact-report.ts';
import type { Tools } from './tools.ts';

/** Keeps what a run or a clean was and how it ended, for whoever asks for its status or wants it once more. Never rejects. */
export async function rememberRun(
  report: RunReport | CleanedReport,
  { state, log, redact }: Pick<Tools, 'state' | 'log' | 'redact'>,
): Promise<void> {
  const id = report.kind === 'run' ? report.runId : report.jobId;
  try {
    await state.remember(runKey(id), redactReport(report, redact), runMemoryInSeconds);
  } catch (thrown) {
    log.warn(`How ${id} ended can be asked for no more: ${sentenceOf(thrown)}`);
  }
}
