import type { Depth, QueuedJob, Topic } from '../queue.ts';
import type { Job, Queue } from './backend.ts';

/** What waits or is in hand, oldest first. A schedule's next firing is no job before its time. */
export async function unfinishedIn<Data>(queue: Queue, topic: Topic<Data>): Promise<QueuedJob<Data>[]> {
  // Waiting first: a job that is taken between the two looks is then seen twice, never missed.
  const waiting = await queue.getJobs(['waiting', 'prioritized', 'delayed'], 0, -1, true);
  const running = await queue.getJobs(['active'], 0, -1, true);
  const runningIds = new Set(running.map(({ id }) => id));

  return [
    ...running.map((job) => ({ job, state: 'running' as const })),
    ...waiting
      .filter((job) => !runningIds.has(job.id) && !isNextFiring(job))
      .map((job) => ({ job, state: 'waiting' as const })),
  ]
    .toSorted((a, b) => a.job.timestamp - b.job.timestamp)
    .flatMap(({ job, state }) => readable(topic, job, state));
}

export async function depthOf(queue: Queue): Promise<Depth> {
  const { active = 0, ...waiting } = await queue.getJobCounts('active', 'waiting', 'prioritized', 'delayed');
  return { running: active, waiting: Object.values(waiting).reduce((total, count) => total + count, 0) };
}

function isNextFiring(job: Job): boolean {
  return job.repeatJobKey !== undefined && job.attemptsMade === 0 && job.timestamp + job.delay > Date.now();
}

/** One that another version wrote and this one cannot read is left out; its worker says so. */
function readable<Data>(
  { schema }: Topic<Data>,
  job: Job,
  state: QueuedJob<Data>['state'],
): QueuedJob<Data>[] {
  const read = schema.safeParse(job.data);
  return read.success && job.id !== undefined
    ? [{ id: job.id, data: read.data, state, progress: job.progress }]
    : [];
}
