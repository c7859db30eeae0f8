import { setTimeout } from 'node:timers/promises';
import type { IRedisClient, QueueEvents, Worker } from 'bullmq';

/**
 * Closes, also while Redis is away. BullMQ cuts its blocking connection and waits for the end of it, and while ioredis
 * pauses between two attempts to connect, that end never comes: one more attempt brings it.
 * https://github.com/taskforcesh/bullmq/issues/4585
 */
export async function closeOnRedis(one: Worker | QueueEvents): Promise<void> {
  let client: IRedisClient | undefined;
  blockingClientOf(one).then(
    (connected) => {
      client = connected;
    },
    () => undefined,
  );

  let closed = false;
  const closing = one.close().finally(() => {
    closed = true;
  });
  while (!closed) {
    if (client?.status === 'reconnecting') await tryOnceMore(client);
    await Promise.race([closing, setTimeout(200)]);
  }
  await closing;
}

function blockingClientOf(one: Worker | QueueEvents): Promise<IRedisClient> {
  const backend = one.getBackend();
  return backend.blockingClient ?? backend.client;
}

async function tryOnceMore(client: IRedisClient): Promise<void> {
  await client.connect().then(
    () => client.disconnect(),
    () => undefined,
  );
}
