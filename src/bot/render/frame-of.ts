import type { Message } from '../../chat/message.ts';
import { CleanProgress } from '../../domain/cleanup-report.ts';
import { Progress } from '../../domain/report.ts';
import { renderCleanProgress } from './clean-progress.ts';
import { renderProgress } from './progress.ts';

/** The card of a run or a clean, by what the job says of itself; none when this version cannot read that. */
export function frameOf(runId: string, facts: unknown): Message | undefined {
  const run = Progress.safeParse(facts);
  if (run.success) return renderProgress(runId, run.data);
  const clean = CleanProgress.safeParse(facts);
  return clean.success ? renderCleanProgress(runId, clean.data) : undefined;
}
