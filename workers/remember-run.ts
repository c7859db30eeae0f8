import type { RunReport } from '../src/domain/report.ts';
import { runKey, runMemoryInSeconds } from '../src/domain/run-memory.ts';
import { sentenceOf } from '../src/log.ts';
import { redactRun } from './redact-report.ts';
import type { Tools } from './tools.ts';

/** Keeps what a run was and how it ended, for whoever asks for its status or wants it once more. Never rejects. */
export async function rememberRun(
  run: RunReport,
  { state, log, redact }: Pick<Tools, 'state' | 'log' | 'redact'>,
): Promise<void> {
  try {
    await state.remember(runKey(run.runId), redactRun(run, redact), runMemoryInSeconds);
  } catch (thrown) {
    log.warn(`How ${run.runId} ended can be asked for no more: ${sentenceOf(thrown)}`);
  }
}
