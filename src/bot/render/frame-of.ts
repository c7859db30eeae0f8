import type { Message } from '../../chat/message.ts';
import { CleanProgress } from '../../domain/cleanup-report.ts';
import { Progress } from '../../domain/report.ts';
import { VerifyProgress } from '../../domain/verify-report.ts';
import { renderCleanProgress } from './clean-progress.ts';
import { renderProgress } from './progress.ts';
import { renderVerifyProgress } from './verify-progress.ts';

/** The card of a job, by what the job says of itself; none when this version cannot read that. */
export function frameOf(runId: string, facts: unknown): Message | undefined {
  const run = Progress.safeParse(facts);
  if (run.success) return renderProgress(runId, run.data);
  const clean = CleanProgress.safeParse(facts);
  if (clean.success) return renderCleanProgress(runId, clean.data);
  const verified = VerifyProgress.safeParse(facts);
  return verified.success ? renderVerifyProgress(runId, verified.data) : undefined;
}
