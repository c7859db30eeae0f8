import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { firingsBetween, jitterFor, nextFirings } from '../../src/domain/schedule.ts';

describe('the next firings', () => {
  it('are in the zone of the schedule, and none is the instant asked from', () => {
    const schedule = { cron: '0 2 * * *', zone: 'Europe/Brussels' };

    const next = nextFirings(schedule, at('2026-11-21T01:00:00Z'), 3);

    expect(next.map((firing) => firing.toISO())).toEqual([
      '2026-11-22T02:00:00.000+01:00',
      '2026-11-23T02:00:00.000+01:00',
      '2026-11-24T02:00:00.000+01:00',
    ]);
  });

  it('keep to weekdays, and wait years for a leap day', () => {
    const weekdays = { cron: '0 8 * * 1-5', zone: 'UTC' };
    const leapDays = { cron: '0 0 29 2 *', zone: 'UTC' };

    expect(utc(nextFirings(weekdays, at('2026-11-20T12:00:00Z'), 1))).toEqual(['2026-11-23 08:00']);
    expect(utc(nextFirings(leapDays, at('2096-03-01T00:00:00Z'), 1))).toEqual(['2104-02-29 00:00']);
  });

  it('are late by the delay of the app, also over midnight', () => {
    const schedule = { cron: '59 23 * * *', zone: 'UTC', delayInSeconds: 120 };

    expect(utc(nextFirings(schedule, at('2026-11-22T00:00:30Z'), 2))).toEqual([
      '2026-11-22 00:01',
      '2026-11-23 00:01',
    ]);
  });
});

describe('on a change of clocks', () => {
  it.each([
    // In spring 02:30 is not there: an hour later it is 03:30.
    ['30 2 * * *', 'Europe/Brussels', '2026-03-29', ['2026-03-29 01:30']],
    ['30 2 * * *', 'America/New_York', '2026-03-08', ['2026-03-08 07:30']],
    // Lord Howe puts its clocks forward from 02:00 to 02:30, which is there.
    ['30 2 * * *', 'Australia/Lord_Howe', '2026-10-04', ['2026-10-03 15:30']],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-04', ['2026-10-03 15:45']],
    ['0 0 * * *', 'America/Havana', '2026-03-08', ['2026-03-08 05:00']],
    // In autumn 02:30 is there twice in Brussels, 01:30 in New York, 01:45 on Lord Howe.
    ['30 2 * * *', 'Europe/Brussels', '2026-10-25', ['2026-10-25 00:30']],
    ['30 2 * * *', 'America/New_York', '2026-11-01', ['2026-11-01 07:30']],
    ['30 1 * * *', 'America/New_York', '2026-11-01', ['2026-11-01 05:30']],
    ['30 2 * * *', 'Australia/Lord_Howe', '2026-04-05', ['2026-04-04 16:00']],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-05', ['2026-04-04 14:45']],
  ])('%s in %s fires once on %s', (cron, zone, day, expected) => {
    const from = DateTime.fromISO(`${day}T12:00`, { zone }).minus({ days: 1 });

    const fired = firingsBetween({ cron, zone }, from, from.plus({ days: 1 }));

    expect(utc(fired)).toEqual(expected);
  });

  it.each([
    ['30 * * * *', 'Europe/Brussels', '2026-03-29', 23],
    ['30 * * * *', 'Europe/Brussels', '2026-10-25', 25],
    ['*/30 * * * *', 'America/New_York', '2026-11-01', 50],
  ])('%s in %s fires in each hour that %s has', (cron, zone, day, count) => {
    const midnight = DateTime.fromISO(day, { zone });

    const fired = firingsBetween({ cron, zone }, midnight.minus(1), midnight.plus({ days: 1 }).minus(1));

    expect(fired).toHaveLength(count);
    expect(utc(fired)).toEqual(utc(fired).toSorted());
  });

  it('the firings of a time the clocks skip are in order with those after it', () => {
    const schedule = { cron: '0,45 2,3 * * *', zone: 'Europe/Brussels' };

    const fired = firingsBetween(schedule, at('2026-03-29T00:00:00Z'), at('2026-03-29T12:00:00Z'));

    expect(utc(fired)).toEqual(['2026-03-29 01:00', '2026-03-29 01:45']);
  });
});

describe('the firings of an outage', () => {
  const schedule = { cron: '0 2 * * *', zone: 'UTC' };

  it('are those after its beginning, up to its end', () => {
    const missed = firingsBetween(schedule, at('2026-11-20T02:00:00Z'), at('2026-11-22T02:00:00Z'));

    expect(utc(missed)).toEqual(['2026-11-21 02:00', '2026-11-22 02:00']);
  });

  it('are told up to a number, however long it was', () => {
    const missed = firingsBetween(schedule, at('1990-01-01T00:00:00Z'), at('2026-01-01T00:00:00Z'), 5);

    expect(missed).toHaveLength(5);
  });
});

describe('the jitter of an app', () => {
  it('is always the same for its name, and differs between names', () => {
    const names = Array.from({ length: 50 }, (_, at) => `shop-${at}`);

    const delays = names.map((name) => jitterFor(name, 10));

    expect(delays).toEqual(names.map((name) => jitterFor(name, 10)));
    expect(new Set(delays).size).toBeGreaterThan(40);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(600);
  });

  it('is none where none is configured', () => {
    expect(jitterFor('shop', 0)).toBe(0);
  });
});

function at(instant: string): DateTime {
  return DateTime.fromISO(instant, { zone: 'utc' });
}

function utc(firings: readonly DateTime[]): string[] {
  return firings.map((firing) => firing.toUTC().toFormat('yyyy-MM-dd HH:mm'));
}
