import { describe } from 'vitest';
import { startOwnPostgres } from '../support/services/postgres.ts';
import { bearsThatItsServerIsAway } from './server-away.ts';

describe('the queue while PostgreSQL is away', () => {
  bearsThatItsServerIsAway(() => startOwnPostgres(), /PostgreSQL at 127\.0\.0\.1:\d+\/postgres /);
});
