import type { Schedule, Scheduled, Topic } from '../queue.ts';
import type { Queue } from './backend.ts';
import { triedSoOften } from './jobs.ts';

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
    { name, data, opts: triedSoOften(attempts) },
  );
}

/** One that another version wrote and this one cannot read has no data; whoever looks can replace it or take it out. */
export async function schedulesIn<Data>(queue: Queue, { schema }: Topic<Data>): Promise<Scheduled<Data>[]> {
  const all = await queue.getJobSchedulers(0, -1, true);
  return all.map(({ key, pattern = '', tz = 'UTC', next, template }) => {
    const { data } = schema.safeParse(template?.data);
    return {
      key,
      cron: pattern,
      zone: tz,
      attempts: template?.opts?.attempts ?? 1,
      ...(data !== undefined && { data }),
      ...(typeof next === 'number' && { nextAt: new Date(next) }),
    };
  });
}
