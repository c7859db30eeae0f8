import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { humanAge, humanBytes, humanCount, humanDuration, humanList } from '../../src/domain/units.ts';

const now = DateTime.fromISO('2026-11-22T03:15:00Z');

describe('amounts in words', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [512 * 1024, '512 KiB'],
    [1024 ** 3 * 2.9, '2.9 GiB'],
    [1024 ** 6, '1024 PiB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(humanBytes(bytes)).toBe(words);
  });

  it.each([
    [0.04, '0.0 s'],
    [3.21, '3.2 s'],
    [42.4, '42 s'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [4210, '1 h 10 min'],
    [86_400 * 3 + 3600, '3 d 1 h'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(humanDuration(seconds)).toBe(words);
  });

  it.each([
    [{ seconds: 4 }, 'just now'],
    [{ minutes: 5 }, '5 min ago'],
    [{ hours: 31 }, '1 d 7 h ago'],
    [{ days: -2 }, 'in 2 d'],
  ])('what happened %o before is %s', (before, words) => {
    expect(humanAge(now.minus(before), now)).toBe(words);
  });

  it('lists and counts as people write', () => {
    expect(humanList([])).toBe('');
    expect(humanList(['a'])).toBe('a');
    expect(humanList(['a', 'b', 'c'])).toBe('a, b and c');
    expect(humanCount(1, 'entry', 'entries')).toBe('1 entry');
    expect(humanCount(15_000, 'file')).toBe('15,000 files');
  });
});
