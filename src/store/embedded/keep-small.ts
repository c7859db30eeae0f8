import type { SqlPool, SqlRows } from '../store.ts';

/** Some two hundred jobs. */
const statementsBetween = 3_000;

/**
 * PostgreSQL inside a process has no autovacuum: rows that were changed or removed would stay for ever. It is done
 * after so many statements, in a turn of its own, which takes some tens of milliseconds.
 */
export function keepSmall(pool: SqlPool, between = statementsBetween): SqlPool {
  const query: SqlPool['query'] = pool.query.bind(pool);
  let statements = 0;
  let vacuuming: Promise<unknown> | undefined;

  function count(): void {
    statements += 1;
    if (statements < between || vacuuming !== undefined) return;
    statements = 0;
    vacuuming = query('VACUUM').catch(leaveForLater);
    void vacuuming.finally(() => {
      vacuuming = undefined;
    });
  }

  return Object.assign(pool, {
    query<Row>(text: string, values?: readonly unknown[]): Promise<SqlRows<Row>> {
      count();
      return query<Row>(text, values);
    },
  });
}

/** A full disk, or the end of the process: the next time comes. */
function leaveForLater(): void {}
