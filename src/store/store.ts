import type { Cluster, Redis } from 'ioredis';

/** The server that queue and state stand on, open for both. */
export type Store = RedisStore | SqlStore;

interface AnyStore {
  /** Why something failed, for the end of a sentence: whether the server said no or was not reached, and what to do. No secrets. */
  explain(error: unknown): string;
  /** Close the queue and the state first. */
  close(): Promise<void>;
}

export interface RedisStore extends AnyStore {
  readonly kind: 'redis';
  readonly prefix: string;
  /** Fails within seconds while Redis is away. For whoever waits for an answer. */
  readonly quick: Redis | Cluster;
  /** Never gives up. For workers. */
  readonly patient: Redis | Cluster;
}

/** PostgreSQL: a server, or the one inside this process. */
export interface SqlStore extends AnyStore {
  readonly kind: 'sql';
  readonly prefix: string;
  readonly pool: SqlPool;
}

export interface SqlRows<Row> {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

interface Queries {
  /** Without `values` there may be several statements. Fails with {@link NotReached} when the server is away. */
  query<Row = unknown>(text: string, values?: readonly unknown[]): Promise<SqlRows<Row>>;
}

/** What we use of a `pg.Pool`. https://node-postgres.com/apis/pool */
export interface SqlPool extends Queries {
  connect(): Promise<SqlSession>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (session: SqlSession) => void): this;
  removeAllListeners(event?: string): this;
}

/** One session, taken out of the pool: for transactions and for LISTEN. */
export interface SqlSession extends Queries {
  on(event: 'notification', listener: (notification: SqlNotification) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  removeListener(event: 'notification', listener: (notification: SqlNotification) => void): this;
  removeAllListeners(event?: string): this;
  release(destroy?: boolean): void;
}

export interface SqlNotification {
  channel: string;
  payload?: string;
}

/** Hears, in sentences, what the operator should know: that a server went away, came back, or is set up dangerously. */
export type Warn = (sentence: string) => void;

/** The store could not be opened, in words. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** Another process has the embedded store open. */
export class StoreInUse extends StoreError {
  override name = 'StoreInUse';
  readonly pid: number;

  constructor(message: string, pid: number) {
    super(message);
    this.pid = pid;
  }
}

/** A server was not reached, whatever its driver calls that. */
export class NotReached extends Error {
  override name = 'NotReached';
  // BullMQ waits and tries again for this code only; anything else fails the job in hand.
  readonly code = 'ECONNREFUSED';
}
