import { refusesContent } from '../store/refuses-content.ts';
import type { Store, Warn } from '../store/store.ts';
import { backendOn } from './bullmq/backend.ts';
import { follow } from './bullmq/follow.ts';
import { addTo } from './bullmq/jobs.ts';
import { onceReached } from './bullmq/once-reached.ts';
import { type Pace, usualPace } from './bullmq/pace.ts';
import { producersOn } from './bullmq/producers.ts';
import { scheduleIn, schedulesIn } from './bullmq/schedules.ts';
import { tellingOfTrouble } from './bullmq/trouble.ts';
import { depthOf, unfinishedIn } from './bullmq/unfinished.ts';
import { wakeLateJobs } from './bullmq/wake-late-jobs.ts';
import { withdrawFrom } from './bullmq/withdraw.ts';
import { startWorker } from './bullmq/work.ts';
import { JobRefused, type Queue, QueueError, type Running } from './queue.ts';

interface QueueSettings {
  readonly warn: Warn;
  readonly pace?: Pace;
}

/**
 * The queue on BullMQ, whatever the store is. Finished jobs are kept for a day (failed ones a week), 1000 of each at most,
 * and as long as a job is kept its id cannot be added again. Ids, `once` keys and names of topics hold no colon.
 * https://docs.bullmq.io
 */
export function openQueue(store: Store, { warn, pace = usualPace }: QueueSettings): Queue {
  const backend = backendOn(store);
  const onError = tellingOfTrouble(warn);
  const producers = producersOn(backend, onError);
  const running: Running[] = [];

  async function asking<T>(doing: string, ask: () => Promise<T>): Promise<T> {
    return ask().catch((cause) => {
      const Refusal = refusesContent(cause) ? JobRefused : QueueError;
      throw new Refusal(`Could not ${doing}: ${store.explain(cause)}`, { cause });
    });
  }

  function keepRunning(one: Running): Running {
    running.push(one);
    return one;
  }

  return {
    add: ({ name }, job) =>
      asking('put the job into the queue', async () => addTo(await producers.of(name), name, job)),
    schedule: ({ name }, key, schedule) =>
      asking(`schedule ${key}`, async () => scheduleIn(await producers.of(name), name, key, schedule)),
    schedules: (topic) =>
      asking('see what is scheduled', async () => schedulesIn(await producers.of(topic.name), topic)),
    unschedule: ({ name }, key) =>
      asking(`take the schedule ${key} out of the queue`, async () => {
        await (await producers.of(name)).removeJobScheduler(key);
      }),
    withdraw: ({ name }, id) =>
      asking(`take ${id} out of the queue`, async () => withdrawFrom(await producers.of(name), id)),
    unfinished: (topic) =>
      asking('see what the queue holds', async () => unfinishedIn(await producers.of(topic.name), topic)),
    depth: ({ name }) => asking('count what the queue holds', async () => depthOf(await producers.of(name))),
    work(topic, handle, options) {
      const start = () => startWorker(backend, topic, handle, { ...options, pace, onError });
      const work = onceReached(backend, start, onError);
      const waking = wakeLateJobs(() => producers.of(topic.name), pace.lateCheckMs, onError);
      return keepRunning({
        async close() {
          await Promise.all([waking.close(), work.close()]);
        },
      });
    },
    follow: async (topic, onProgress) =>
      keepRunning(onceReached(backend, () => follow(backend, topic.name, onProgress, onError), onError)),
    remove: ({ name }) =>
      asking(`empty ${name}`, async () => (await producers.of(name)).obliterate({ force: true })),
    async close() {
      await Promise.all(running.map((one) => one.close()));
      await producers.close();
    },
  };
}
