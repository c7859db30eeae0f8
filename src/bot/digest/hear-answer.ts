import type { Report } from '../../domain/report.ts';
import { digests } from '../../queue/contracts.ts';
import type { DigestTools } from './digest-tools.ts';
import { answerKey, gatheringLifetimeInSeconds, recallGathering } from './gathering.ts';

/** Keeps what one worker group answered, and has the digest finished if that was the last. @throws {QueueError} @throws {StateError} */
export async function hearAnswer(
  {
    jobId,
    report,
    gathering: id,
  }: { readonly jobId: string; readonly report: Report; readonly gathering: string },
  { queue, state }: Pick<DigestTools, 'queue' | 'state'>,
): Promise<void> {
  const gathering = await recallGathering(id, state);
  const group = gathering?.groups.find((each) => jobId === `${id}.${each}`);
  if (group === undefined) return; // It came too late for the digest.
  await state.remember(answerKey(id, group), report, gatheringLifetimeInSeconds);
  await queue.add(digests, {
    id: `finish.${jobId}`,
    attempts: 20,
    data: { step: 'finish', gathering: id, now: false },
  });
}
