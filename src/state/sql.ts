import { storableJson, storableText } from '../domain/storable.ts';
import type { SqlStore } from '../store/store.ts';
import { type State, StateError } from './state.ts';

/** One row a fact, in `holdfast.state`. What is over is not seen, and removed a little with every write. */
export function sqlState({ pool, prefix, explain }: SqlStore): State {
  const named = (key: string) => storableText(`${prefix}:${key}`);
  let table: Promise<unknown> | undefined;

  async function asking<Row>(doing: string, statement: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      table ??= pool.query(createTable);
      await table;
      return (await pool.query<Row>(statement, values)).rows;
    } catch (cause) {
      table = undefined;
      throw new StateError(`Could not ${doing}: ${explain(cause)}`, { cause });
    }
  }

  async function writing(doing: string, statement: string, values: readonly unknown[]): Promise<number> {
    const { length } = await asking(doing, statement, values);
    await asking(doing, removeSomeThatAreOver, []);
    return length;
  }

  return {
    async remember(key, value, lifetimeInSeconds) {
      await writing(`remember ${key}`, remember, [named(key), storableJson(value), lifetimeInSeconds]);
    },
    async recall(key) {
      const [row] = await asking<{ value: unknown }>(`recall ${key}`, recall, [named(key)]);
      return row?.value;
    },
    async claim(key, value, lifetimeInSeconds) {
      return (
        (await writing(`claim ${key}`, claim, [named(key), storableJson(value), lifetimeInSeconds])) === 1
      );
    },
    async replace(key, { was, by }, lifetimeInSeconds) {
      const values = [named(key), storableJson(was), storableJson(by), lifetimeInSeconds];
      return (await writing(`replace ${key}`, replace, values)) === 1;
    },
    async release(key, was) {
      return (await asking(`release ${key}`, release, [named(key), storableJson(was)])).length === 1;
    },
    async append(key, entry, { atMost, lifetimeInSeconds }) {
      const list = storableJson([entry]);
      await writing(`add to ${key}`, append, [named(key), list, lifetimeInSeconds, atMost]);
    },
    async entries(key) {
      const [row] = await asking<{ value: unknown[] }>(`recall ${key}`, recall, [named(key)]);
      return row?.value ?? [];
    },
    async forget(key) {
      await asking(`forget ${key}`, 'DELETE FROM holdfast.state WHERE key = $1', [named(key)]);
    },
    async close() {},
  };
}

// One transaction, as PostgreSQL takes statements that are sent together. Without the lock, two processes that start at
// the same time can both find nothing, and one of them fails.
const createTable = `
  SELECT pg_advisory_xact_lock(hashtext('holdfast.state'));
  CREATE SCHEMA IF NOT EXISTS holdfast;
  CREATE TABLE IF NOT EXISTS holdfast.state (key text PRIMARY KEY, value jsonb NOT NULL, expires_at timestamptz NOT NULL);
  CREATE INDEX IF NOT EXISTS state_expires_at ON holdfast.state (expires_at)`;

const recall = 'SELECT value FROM holdfast.state WHERE key = $1 AND expires_at > now()';

const insert = `
  INSERT INTO holdfast.state AS known (key, value, expires_at) VALUES ($1, $2, now() + $3::float8 * interval '1 second')
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`;

const remember = `${insert} RETURNING key`;
const claim = `${insert} WHERE known.expires_at <= now() RETURNING key`;

const replace = `
  UPDATE holdfast.state SET value = $3::jsonb, expires_at = now() + $4::float8 * interval '1 second'
  WHERE key = $1 AND value = $2::jsonb AND expires_at > now() RETURNING key`;
const release = `
  DELETE FROM holdfast.state WHERE key = $1 AND value = $2::jsonb AND expires_at > now() RETURNING key`;

// A row that is over begins anew. It grows by one at a time, so one at most is too many; `jsonb - 0` is without the first.
const append = `
  INSERT INTO holdfast.state AS known (key, value, expires_at) VALUES ($1, $2, now() + $3::float8 * interval '1 second')
  ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at, value = CASE
    WHEN known.expires_at <= now() THEN excluded.value
    WHEN jsonb_array_length(known.value) >= $4::int THEN (known.value - 0) || excluded.value
    ELSE known.value || excluded.value END
  RETURNING key`;

// Rows that somebody else is about to change are skipped, so that no two removals ever wait for each other.
const removeSomeThatAreOver = `
  DELETE FROM holdfast.state WHERE key IN
    (SELECT key FROM holdfast.state WHERE expires_at <= now() LIMIT 100 FOR UPDATE SKIP LOCKED)`;
