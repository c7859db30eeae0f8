import { randomUUID } from 'node:crypto';
import type { ReportOf } from '../domain/report.ts';
import { type Log, sentenceOf } from '../log.ts';
import { reports } from '../queue/contracts.ts';
import type { Queue } from '../queue/queue.ts';

/** Reports in channels that something keeps a platform, or one place on it, from working. Never rejects. */
export async function reportTrouble(
  trouble: Omit<ReportOf<'chat-trouble'>, 'kind'>,
  { queue, log }: { readonly queue: Queue; readonly log: Log },
): Promise<void> {
  const jobId = `chat-trouble-${randomUUID()}`;
  try {
    await queue.add(reports, { id: jobId, data: { jobId, report: { kind: 'chat-trouble', ...trouble } } });
  } catch (thrown) {
    log.error(`This could not be reported in a channel: ${trouble.problem} ${sentenceOf(thrown)}`);
  }
}
