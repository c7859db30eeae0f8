import { addressName } from '../domain/who.ts';
import { type Delivery, deliveriesTo } from '../queue/contracts.ts';
import type { Queue } from '../queue/queue.ts';

/** Long enough for a weekend without the chat platform: the pauses double. */
const attempts = 18;

/** Sends a report on its way to one place, once, however often it is sent. @throws {QueueError} */
export async function send(told: Delivery, queue: Pick<Queue, 'add'>): Promise<void> {
  const id = `${told.jobId}.${addressName(told.to).replaceAll(':', '.')}`;
  await queue.add(deliveriesTo(told.to), { id, attempts, data: told });
}
