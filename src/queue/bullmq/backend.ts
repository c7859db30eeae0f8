import {
  type BackendFactory,
  createPostgresBackend,
  type Processor,
  Queue,
  QueueEvents,
  type QueueOptions,
  type RedisQueueBackend,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import type { RedisStore, SqlPool, SqlStore, Store } from '../../store/store.ts';
import { redisCloser } from './close-on-redis.ts';
import { closeOnSql } from './close-on-sql.ts';

export {
  Job,
  type Processor,
  type Queue,
  type QueueEvents,
  UnrecoverableError,
  WaitingError,
  type Worker,
} from 'bullmq';

/** BullMQ on one kind of server. */
export interface Backend {
  /** Resolves when the server can be used; fails within seconds while it is away. The rest is for after it resolved once. */
  reach(): Promise<void>;
  queue(name: string, options: Omit<QueueOptions, 'connection'>): Queue;
  worker(name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>): Worker;
  events(name: string): QueueEvents;
  /** A worker first finishes what it has in hand. */
  close(one: Worker | QueueEvents): Promise<void>;
}

export function backendOn(store: Store): Backend {
  return store.kind === 'redis' ? onRedis(store) : onSql(store);
}

function onRedis({ quick, patient, prefix }: RedisStore): Backend {
  const { watch, close } = redisCloser();

  return {
    /** BullMQ asks for INFO, and one that may not ask tries it without a pause, so that the process takes no signal any more. */
    async reach() {
      await quick.info('server');
      await quick.set(`${prefix}:reached`, '1', 'PX', 60_000);
    },
    queue: (name, options) => new Queue(name, { ...options, connection: quick, prefix }),
    worker: (name, process, options) =>
      watch(new Worker(name, process, { ...options, connection: patient, prefix })),
    events: (name) => watch(new QueueEvents(name, { connection: patient, prefix })),
    close,
  };
}

/** There a queue has no prefix, so its name has. */
function onSql({ pool, prefix }: SqlStore): Backend {
  const factory = sqlFactory(pool);
  const connection = {};
  const readings = new WeakMap<object, Promise<unknown>>();
  let migrated = false;

  return {
    async reach() {
      if (!migrated) await migrate(pool);
      migrated = true;
    },
    queue: (name, options) => new Queue(`${prefix}.${name}`, { ...options, connection }, factory),
    worker: (name, process, options) =>
      new Worker(`${prefix}.${name}`, process, { ...options, connection }, factory),
    events(name) {
      const events = new QueueEvents(`${prefix}.${name}`, { connection, autorun: false }, factory);
      readings.set(
        events,
        events.run().catch((error) => events.emit('error', error)),
      );
      return events;
    },
    close: (one) => closeOnSql(one, readings.get(one)),
  };
}

function sqlFactory(connection: SqlPool): BackendFactory<RedisQueueBackend> {
  // The classes are typed for Redis unless told otherwise at every use; what differs is used by nobody here.
  return (name, options, more) =>
    createPostgresBackend(name, { ...options, connection }, more) as unknown as RedisQueueBackend;
}

async function migrate(pool: SqlPool): Promise<void> {
  const session = await pool.connect();
  try {
    await runMigrations(session, 'bullmq');
  } finally {
    session.release();
  }
}
