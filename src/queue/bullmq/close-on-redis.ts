import { setTimeout } from 'node:timers/promises';
import { type IRedisClient, type QueueEvents, Worker } from 'bullmq';

const pauseInMs = 200;
/** One that ends well ends sooner. */
const stuckAfterLooks = 3;

export interface RedisCloser {
  /** Has to be given each one when it is made. */
  watch<T extends Worker | QueueEvents>(one: T): T;
  close(one: Worker | QueueEvents): Promise<void>;
}

/** Closes what waits on Redis, also while Redis is away. */
export function redisCloser(): RedisCloser {
  const asking = new WeakMap<object, IRedisClient>();
  const waiting = new WeakMap<object, IRedisClient>();

  /** What was never connected, or never waited for a job before the server went away. */
  const isToBeCut = (one: object) => !waiting.has(one) && asking.get(one)?.status !== 'ready';

  return {
    watch(one) {
      const backend = one.getBackend();
      onceConnected(backend.client, (client) => asking.set(one, client));
      onceConnected(backend.blockingClient ?? backend.client, (client) => {
        waiting.set(one, client);
        // BullMQ reports errors until it closes; ioredis would print those that come then, with a stack trace.
        client.on('error', () => undefined);
      });
      return one;
    },
    // No pause for what is connected: meanwhile a worker would take one more job.
    async close(one) {
      if (!asking.has(one)) await Promise.race([settled(one.getBackend().client), setTimeout(pauseInMs)]);
      if (isToBeCut(one)) await cutOff(one);
      else await closeConnected(one, () => waiting.get(one));
    },
  };
}

function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch(() => undefined);
}

function onceConnected(client: Promise<IRedisClient>, heard: (client: IRedisClient) => void): void {
  client.then(heard, () => undefined);
}

/** BullMQ would wait for a connection that is not there before it cuts it. */
async function cutOff(one: Worker | QueueEvents): Promise<void> {
  await (one instanceof Worker ? one.close(true) : one.getBackend().close(true));
}

/**
 * BullMQ cuts its blocking connection and waits for the end of it, and while ioredis pauses between two attempts to
 * connect, that end never comes: one more attempt brings it. A Cluster of which no node is left is disconnecting for ever instead.
 * https://github.com/taskforcesh/bullmq/issues/4585
 */
async function closeConnected(
  one: Worker | QueueEvents,
  waiting: () => IRedisClient | undefined,
): Promise<void> {
  let closed = false;
  // BullMQ stops closing at an error of the connection, which is then cut.
  const closing = one
    .close()
    .catch(() => cutOff(one))
    .finally(() => {
      closed = true;
    });
  let disconnecting = 0;
  while (!closed) {
    const client = waiting();
    disconnecting = client?.status === 'disconnecting' ? disconnecting + 1 : 0;
    const isStuck = client?.isCluster && disconnecting > stuckAfterLooks;
    if (client?.status === 'reconnecting' || isStuck) await tryOnceMore(client);
    await Promise.race([closing, setTimeout(pauseInMs)]);
  }
  await closing;
}

async function tryOnceMore(client: IRedisClient): Promise<void> {
  await client.connect().then(
    () => client.disconnect(),
    () => undefined,
  );
}
