import { setTimeout } from 'node:timers/promises';
import { type IRedisClient, type QueueEvents, Worker } from 'bullmq';

const pauseInMs = 200;
/** Longer than ioredis gives a connection to end by itself, which is 2 s. */
const stuckAfterLooks = 15;

export interface RedisCloser {
  /** Has to be given each one when it is made. */
  watch<T extends Worker | QueueEvents>(one: T): T;
  close(one: Worker | QueueEvents): Promise<void>;
}

/** Closes what waits on Redis, also while Redis is away. */
export function redisCloser(): RedisCloser {
  const connected = new WeakSet<object>();
  const blocking = new WeakMap<object, IRedisClient>();

  return {
    watch(one) {
      const backend = one.getBackend();
      onceConnected(backend.client, () => connected.add(one));
      onceConnected(backend.blockingClient ?? backend.client, (client) => {
        blocking.set(one, client);
        // BullMQ reports errors until it closes; ioredis would print those that come then, with a stack trace.
        client.on('error', () => undefined);
      });
      return one;
    },
    // No pause for what is connected: meanwhile a worker would take one more job.
    async close(one) {
      if (!connected.has(one)) await Promise.race([settled(one.getBackend().client), setTimeout(pauseInMs)]);
      if (connected.has(one)) await closeConnected(one, () => blocking.get(one));
      else await cutOff(one);
    },
  };
}

function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch(() => undefined);
}

function onceConnected(client: Promise<IRedisClient>, heard: (client: IRedisClient) => void): void {
  client.then(heard, () => undefined);
}

/** What was never connected has no job in hand, and BullMQ would wait for the connection before it cuts it. */
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
  blockingClient: () => IRedisClient | undefined,
): Promise<void> {
  let closed = false;
  const closing = one.close().finally(() => {
    closed = true;
  });
  let disconnecting = 0;
  while (!closed) {
    const client = blockingClient();
    disconnecting = client?.status === 'disconnecting' ? disconnecting + 1 : 0;
    const stuck = client?.isCluster === true && disconnecting > stuckAfterLooks;
    if (client?.status === 'reconnecting' || stuck) await tryOnceMore(client);
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
