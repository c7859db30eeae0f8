import { EventEmitter } from 'node:events';
import type { PGlite, Results } from '@electric-sql/pglite';
import type { SqlPool, SqlRows, SqlSession } from '../store.ts';
import { type Turns, takingTurns } from './taking-turns.ts';

/**
 * A PGlite in the shape of a `pg.Pool`. All sessions are the one session of PGlite; so one that opens a transaction has
 * it to itself until the end, and LISTEN becomes PGlite's own, the only way in which it tells of a NOTIFY.
 */
export function pglitePool(database: PGlite): SqlPool {
  const turns = takingTurns();
  const pool = Object.assign(new EventEmitter(), {
    query: <Row>(text: string, values?: readonly unknown[]) =>
      turns.take({}, text, () => run<Row>(database, text, values)),
    connect: async () => openSession(database, turns),
    end: async () => undefined,
  });
  // Every queue, worker and follower waits for its errors.
  return pool.setMaxListeners(0);
}

function openSession(database: PGlite, turns: Turns): SqlSession {
  const me = {};
  const session = new EventEmitter();
  const subscriptions = new Map<string, Promise<() => Promise<void>>>();

  async function query<Row>(text: string, values?: readonly unknown[]): Promise<SqlRows<Row>> {
    const channel = channelOf(text);
    if (channel === undefined) return turns.take(me, text, () => run<Row>(database, text, values));

    const tell = (payload: string) => session.emit('notification', { channel, payload });
    if (!subscriptions.has(channel)) subscriptions.set(channel, database.listen(channel, tell));
    await subscriptions.get(channel);
    return { rows: [], rowCount: 0 };
  }

  async function leave(): Promise<void> {
    for (const subscription of subscriptions.values()) await (await subscription)();
    if (turns.has(me)) await query('ROLLBACK');
  }

  return Object.assign(session, {
    query,
    // As in pg it returns at once; a database that is closed meanwhile has forgotten its sessions anyway.
    release() {
      void leave().catch(() => undefined);
    },
  });
}

/** BullMQ's statements begin with comments. */
function channelOf(text: string): string | undefined {
  return /^LISTEN\s+"?(\w+)"?/im.exec(text)?.[1];
}

/** Without values there may be several statements in the text; the rows are those of the last. */
async function run<Row>(
  database: PGlite,
  text: string,
  values: readonly unknown[] = [],
): Promise<SqlRows<Row>> {
  const result =
    values.length > 0 ? await database.query<Row>(text, [...values]) : await runAll<Row>(database, text);
  const rows = result?.rows ?? [];
  return { rows, rowCount: result?.affectedRows ?? rows.length };
}

async function runAll<Row>(database: PGlite, text: string): Promise<Results<Row> | undefined> {
  const results = await database.exec(text);
  // What a statement gives back is for its author to know.
  return results.at(-1) as Results<Row> | undefined;
}
