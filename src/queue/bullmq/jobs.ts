import { storable } from '../../domain/storable.ts';
import type { Added, NewJob } from '../queue.ts';
import type { Queue } from './backend.ts';

/** BullMQ answers with the id of the job that is there now: ours, or the one that the deduplication key met. */
export async function addTo<Data>(queue: Queue, name: string, given: NewJob<Data>): Promise<Added> {
  const job = storable(given);
  const { id } = await queue.add(name, job.data, {
    jobId: job.id,
    ...triedSoOften(job.attempts),
    ...(job.delayInMs !== undefined && { delay: job.delayInMs }),
    // Without a time to live the key is held until the job has finished. https://docs.bullmq.io/guide/jobs/deduplication
    ...(job.once !== undefined && { deduplication: { id: job.once } }),
  });
  return id === undefined || id === job.id ? { added: true } : { added: false, metId: id };
}

export function triedSoOften(attempts = 1) {
  // The worker computes the pauses; see pace.ts.
  return { attempts, backoff: { type: 'custom' } };
}
