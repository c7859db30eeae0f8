import { z } from 'zod';
import { Address, Who } from './who.ts';

/** How long what a run or a clean was and how it ended can be asked for. */
export const runMemoryInSeconds = 30 * 24 * 3600;

/** Where the report of a run or a clean that ended is remembered. */
export function runKey(runId: string): string {
  return `run.${runId}`;
}

/** Somebody wants a run or a clean cancelled. Its worker looks for this, because it may be on another machine. */
export const CancelRequest = z.object({
  by: Who,
  /** What the answer to them is called, and where it goes. */
  jobId: z.string(),
  replyTo: Address,
  /** The run's own card, before their eyes, says that it is cancelled. */
  seenOnCard: z.boolean(),
});
export type CancelRequest = z.infer<typeof CancelRequest>;

export function cancelKey(runId: string): string {
  return `cancel.${runId}`;
}
