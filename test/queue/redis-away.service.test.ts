import { describe } from 'vitest';
import { startOwnRedis } from '../support/services/redis.ts';
import { bearsThatItsServerIsAway } from './server-away.ts';

describe('the queue while Redis is away', () => {
  bearsThatItsServerIsAway(() => startOwnRedis(), /Redis at 127\.0\.0\.1:\d+ /);
});
