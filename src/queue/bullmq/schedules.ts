import { storable } from '../../domain/storable.ts';
import type { Schedule, Scheduled, Topic } from '../queue.ts';
import type { Queue } from './backend.ts';
import { triedSoOften } from './jobs.ts';
import { nextFiring } from './next-firing.ts';

/** So late a firing may be taken, and so much the clocks of two machines may differ, before something is wrong. */
const graceMs = 10 * 60_000;

/** https://docs.bullmq.io/guide/job-schedulers */
export async function scheduleIn<Data>(
  queue: Queue,
  name: string,
  key: string,
  { cron, zone, data, attempts }: Schedule<Data>,
): Promise<void> {
  await queue.upsertJobScheduler(
    key,
    { pattern: cron, tz: zone },
    { name, data: storable(data), opts: triedSoOften(attempts) },
  );
}

/** One that another version wrote and this one cannot read has no data; whoever looks can replace it or take it out. */
export async function schedulesIn<Data>(queue: Queue, { schema }: Topic<Data>): Promise<Scheduled<Data>[]> {
  const all = await queue.getJobSchedulers(0, -1, true);
  return Promise.all(
    all.map(async ({ key, pattern = '', tz = 'UTC', next, template }) => {
      const { data } = schema.safeParse(template?.data);
      return {
        key,
        cron: pattern,
        zone: tz,
        attempts: template?.opts?.attempts ?? 1,
        ...(data !== undefined && { data }),
        ...(typeof next === 'number' && { nextAt: new Date(next) }),
        ...((await isTooLate(next, pattern, tz)) && { isTooLate: true as const }),
      };
    }),
  );
}

async function isTooLate(next: number | undefined, pattern: string, tz: string): Promise<boolean> {
  if (next === undefined || pattern === '') return false;
  const due = await nextFiring(Date.now() + graceMs, { pattern, tz });
  return due !== undefined && next > due;
}
