import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dueDigest } from '../../../src/bot/digest/due.ts';
import { toInstant } from '../../../src/domain/instant.ts';

const weekdays = { cron: '0 8 * * 1-5', zone: 'Europe/Brussels' };
const at = (time: string) => DateTime.fromISO(time, { zone: 'Europe/Brussels' });
const told = (dueAt: string, until = dueAt) => ({ dueAt: toInstant(at(dueAt)), until: toInstant(at(until)) });

function due(last: ReturnType<typeof told> | undefined, now: string, schedule = weekdays) {
  const found = dueDigest(schedule, last, at(now));
  return found && { dueAt: toInstant(found.dueAt), from: toInstant(found.from), late: found.late };
}

describe('a digest of every weekday at eight', () => {
  it('is about all that happened since the last was made, also over a weekend', () => {
    expect(due(told('2026-11-20T08:00', '2026-11-20T08:03'), '2026-11-23T08:00')).toEqual({
      dueAt: toInstant(at('2026-11-23T08:00')),
      from: toInstant(at('2026-11-20T08:03')),
      late: false,
    });
  });

  it('is due once', () => {
    expect(due(told('2026-11-23T08:00'), '2026-11-23T08:00:01')).toBeUndefined();
    expect(due(told('2026-11-20T08:00'), '2026-11-22T12:00')).toBeUndefined();
  });

  it('is due also by a clock that is a little behind', () => {
    expect(due(told('2026-11-20T08:00'), '2026-11-23T07:59:45')).toMatchObject({ late: false });
    expect(due(told('2026-11-20T08:00'), '2026-11-23T07:59:15')).toBeUndefined();
  });

  it('is late after an outage, and one for all that were missed', () => {
    expect(due(told('2026-11-18T08:00'), '2026-11-23T10:00')).toEqual({
      dueAt: toInstant(at('2026-11-23T08:00')),
      from: toInstant(at('2026-11-18T08:00')),
      late: true,
    });
  });

  it('begins with the firing before it, when it is the first of a place', () => {
    expect(due(undefined, '2026-11-23T08:00')).toMatchObject({ from: toInstant(at('2026-11-20T08:00')) });
  });

  it('is told at eight on both sides of a change of clocks', () => {
    const daily = { ...weekdays, cron: '0 8 * * *' };

    expect(due(told('2026-10-24T08:00'), '2026-10-25T08:00', daily)).toMatchObject({
      dueAt: '2026-10-25T07:00:00.000Z',
      from: '2026-10-24T06:00:00.000Z',
    });
    expect(due(told('2026-03-28T08:00'), '2026-03-29T08:00', daily)?.dueAt).toBe('2026-03-29T06:00:00.000Z');
  });
});

describe('a digest at half past two', () => {
  const nightly = { cron: '30 2 * * *', zone: 'Europe/Brussels' };

  it('is due once in the night that has this time twice, and in the night that does not have it', () => {
    const first = due(told('2026-10-24T02:30'), '2026-10-25T00:30:00Z', nightly);
    const second = due(
      { dueAt: '2026-10-25T00:30:00.000Z', until: '2026-10-25T00:30:00.000Z' },
      '2026-10-25T01:30:00Z',
      nightly,
    );
    const skipped = due(told('2026-03-28T02:30'), '2026-03-29T03:30', nightly);

    expect([first?.dueAt, second, skipped?.dueAt]).toEqual([
      '2026-10-25T00:30:00.000Z',
      undefined,
      '2026-03-29T01:30:00.000Z',
    ]);
  });
});

it('finds the latest firing of what fires every minute, and of what fires once a year', () => {
  const everyMinute = { cron: '* * * * *', zone: 'UTC' };
  const yearly = { cron: '0 0 1 1 *', zone: 'UTC' };

  expect(due(told('2026-01-01T00:00'), '2026-11-23T09:00:45+01:00', everyMinute)?.dueAt).toBe(
    '2026-11-23T08:01:00.000Z',
  );
  expect(due(undefined, '2026-11-23T09:00', yearly)).toMatchObject({
    dueAt: '2026-01-01T00:00:00.000Z',
    from: '2025-01-01T00:00:00.000Z',
    late: true,
  });
});
