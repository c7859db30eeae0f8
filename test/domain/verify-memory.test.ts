import { describe, expect, it } from 'vitest';
import { verificationOf, verifiedTogether } from '../../src/domain/verification.ts';
import { type VerifyMemory, withVerified } from '../../src/domain/verify-memory.ts';
import type { VerifiedBackup } from '../../src/domain/verify-report.ts';

const monday = '2026-11-23T05:00:00.000Z';
const tuesday = '2026-11-24T05:00:00.000Z';

function read(key: string, found: VerifiedBackup['found']): VerifiedBackup {
  return { key, backup: 'full', takenAt: monday, sizeInBytes: 1000, found };
}

describe('what is remembered of a backup that was read', () => {
  it('is what was found, and when', () => {
    const memory = withVerified({}, [read('a', 'whole'), read('b', 'differs')], {
      there: ['a', 'b', 'c'],
      at: monday,
    });

    expect(memory).toEqual({
      a: { triedAt: monday, last: { found: 'whole', at: monday } },
      b: { triedAt: monday, last: { found: 'differs', at: monday } },
    });
  });

  it.each(['not-read', 'unsteady', 'no-manifest', 'write-only'] as const)(
    'stays what it was when the next look shows nothing (%s)',
    (found) => {
      const before = { b: { triedAt: monday, last: { found: 'differs' as const, at: monday } } };

      const memory = withVerified(before, [read('b', found), read('new', found)], {
        there: ['b', 'new'],
        at: tuesday,
      });

      expect(memory).toEqual({
        b: { triedAt: tuesday, last: { found: 'differs', at: monday } },
        new: { triedAt: tuesday },
      });
    },
  );

  it('is forgotten with the backup, and with nothing else', () => {
    const before: VerifyMemory = { a: { triedAt: monday }, b: { triedAt: monday } };

    expect(withVerified(before, [], { there: ['b'], at: tuesday })).toEqual({ b: { triedAt: monday } });
  });
});

describe('what is known of many', () => {
  it('is counted, with the last time that any was read', () => {
    const here = verificationOf([
      { found: 'whole', at: tuesday },
      { found: 'differs', at: monday },
      undefined,
    ]);
    const there = verificationOf([{ found: 'whole', at: monday }]);

    expect(verifiedTogether([undefined, there, here])).toEqual({ lastAt: tuesday, whole: 2, damaged: 1 });
  });

  it('is nothing while none was read', () => {
    expect(verificationOf([undefined])).toBeUndefined();
    expect(verifiedTogether([])).toBeUndefined();
  });
});
