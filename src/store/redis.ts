import { Cluster, type ClusterNode, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import { watchAvailability } from './availability.ts';
import type { StoreOptions } from './options.ts';
import { explainRedis, reasonOf } from './redis-trouble.ts';
import type { RedisStore, Warn } from './store.ts';

/**
 * Redis 6.2 or newer, alone, behind Sentinel or as a Cluster. Set it up with `maxmemory-policy noeviction` and
 * `appendonly yes`: a job that Redis throws away or forgets is a backup that is never made.
 */
export function openRedis(options: StoreOptions, warn: Warn): RedisStore {
  const title = titleOf(options);
  const quick = connect(options, failsSoon);
  const patient = connect(options, neverGivesUp);
  const lastError = watch(quick, title, warn);
  // `quick` speaks for both: they talk to the same server.
  patient.on('error', () => undefined);

  return {
    kind: 'redis',
    // The braces keep all keys of a queue on one node of a Cluster. https://docs.bullmq.io/bull/patterns/redis-cluster
    prefix: `{${options.prefix}}`,
    quick,
    patient,
    explain: (error) => explainRedis(title, error, lastError()),
    async close() {
      quick.disconnect();
      patient.disconnect();
    },
  };
}

/** Replies are mapped as BullMQ expects them. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

// A command fails after the second attempt to connect: 2 × (2 s + 1 s) at the most.
const failsSoon = { maxRetriesPerRequest: 1, connectTimeout: 2000, commandTimeout: 8000 } satisfies Settings;
const neverGivesUp = { maxRetriesPerRequest: null } satisfies Settings;

function connect({ url, redis = {} }: StoreOptions, manner: Settings): Redis | Cluster {
  const { cluster, ...given } = redis;
  if (cluster !== undefined) return connectCluster(cluster, given, manner);

  const options: Settings = { ...given, ...manner, retryStrategy: pauseInMs, reconnectOnError };
  return url === undefined ? new Redis(options) : new Redis(url, options);
}

function connectCluster(nodes: ClusterNode[], given: ClusterOptions, manner: Settings): Cluster {
  const client = new Cluster(nodes, {
    ...given,
    clusterRetryStrategy: pauseInMs,
    redisOptions: { ...(given.redisOptions as Settings | undefined), ...manner, reconnectOnError },
  });
  return manner === neverGivesUp ? client : withLimits(client);
}

/** ioredis times only what it has sent to a node, and keeps a command for ever while there is none to send it to. */
function withLimits(client: Cluster): Cluster {
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, ...more) => {
    command.setTimeout(client.status === 'ready' ? failsSoon.commandTimeout : failsSoon.connectTimeout);
    return send(command, ...more);
  };
  return client;
}

/**
 * A server that has become a replica while its connections stayed open takes no work any more; a new connection finds the one
 * that does. https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
 */
function reconnectOnError({ message }: Error): false | 1 | 2 {
  if (message.startsWith('READONLY')) return 2; // And the command is sent again.
  return message.startsWith('UNBLOCKED') ? 1 : false;
}

function pauseInMs(attempt: number): number {
  return Math.min(50 * 2 ** attempt, 1000);
}

/** Keeps the last error for sentences: what a command fails with only says that it was tried too often. */
function watch(client: Redis | Cluster, title: string, warn: Warn): () => Error | undefined {
  const availability = watchAvailability(title, warn);
  let last: Error | undefined;

  client.on('error', (error: Error) => {
    last = error;
    availability.failed(reasonOf(error));
  });
  client.on('ready', () => {
    last = undefined;
    availability.works();
    warnOfEviction(client, title, warn).catch((error: Error) => {
      warn(`${title} did not say how it evicts keys (${reasonOf(error)}).`);
    });
  });
  return () => last;
}

async function warnOfEviction(client: Redis | Cluster, title: string, warn: Warn): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await client.info('memory'))?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  warn(
    `${title} may throw jobs away when its memory is full: set its maxmemory-policy to noeviction (it is ${policy}).`,
  );
}

function titleOf({ url, redis = {} }: StoreOptions): string {
  if (redis.cluster !== undefined) return 'The Redis Cluster';
  if (url === undefined) return Array.isArray(redis.sentinels) ? 'Redis behind Sentinel' : 'Redis';
  return `Redis at ${new URL(url).host}`;
}
