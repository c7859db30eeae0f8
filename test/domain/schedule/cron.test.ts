import { describe, expect, it } from 'vitest';
import { Cron } from '../../../src/domain/schedule/cron.ts';

describe('a cron expression', () => {
  it.each(['30 2 * * *', '*/15 * * * 1-5', '0 0 29 2 *', '0 6 L * *', '@daily', '@hourly'])(
    'can be %s',
    (cron) => {
      expect(Cron.safeParse(cron).success).toBe(true);
    },
  );

  it.each(['', 'daily', '30 2 * *', '0 30 2 * * *', '0 25 * * *', '0 0 30 2 *', '@every 5m', '@often'])(
    'cannot be "%s"',
    (cron) => {
      expect(Cron.safeParse(cron).success).toBe(false);
    },
  );
});
