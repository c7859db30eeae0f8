import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { fromInstant, Instant, toInstant } from '../../src/domain/instant.ts';

describe('an instant on the wire', () => {
  it('is UTC, and comes back as the same moment in UTC', () => {
    const there = DateTime.fromISO('2026-11-22T04:15:00.250', { zone: 'Europe/Brussels' });

    const instant = toInstant(there);

    expect(instant).toBe('2026-11-22T03:15:00.250Z');
    expect(fromInstant(instant).toMillis()).toBe(there.toMillis());
    expect(fromInstant(instant).zoneName).toBe('UTC');
  });

  it('is never made of something that is no time', () => {
    expect(() => toInstant(DateTime.invalid('unparsable'))).toThrow('Not a point in time: unparsable.');
  });

  it.each(['2026-11-22', '2026-11-22T03:15:00', '2026-11-22T03:15:00+01:00', 'yesterday', ''])(
    'is not %j',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(false);
    },
  );
});
