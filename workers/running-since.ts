import type { DateTime } from 'luxon';
import { fromInstant } from '../src/domain/instant.ts';
import { runsOf } from '../src/queue/contracts.ts';
import type { Tools } from './tools.ts';

/** When the unfinished run of each app was asked for, as far as there is one. @throws {QueueError} */
export async function runningSince({
  queue,
  group,
}: Pick<Tools, 'queue' | 'group'>): Promise<ReadonlyMap<string, DateTime>> {
  const unfinished = await queue.unfinished(runsOf(group));
  return new Map(unfinished.map(({ data }) => [data.command.app, fromInstant(data.askedAt)]));
}
