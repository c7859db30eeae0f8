import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type Backup, BackupKind, newestFirst } from '../../../src/domain/backup.ts';
import { latestPresent } from '../../../src/domain/clock-grace.ts';
import { planHash } from '../../../src/domain/retention/plan-hash.ts';
import { RetentionPolicy } from '../../../src/domain/retention/registry.ts';
import { type PlanningContext, planCleanup } from '../../../src/domain/retention.ts';

const now = DateTime.fromISO('2026-11-22T02:15:00Z', { zone: 'utc' });
const day = 86_400;

const listings = fc
  .uniqueArray(
    fc.record({
      kind: fc.constantFrom(...BackupKind.options),
      // Mostly in the windows, some far older, some in the future.
      ageInSeconds: fc.oneof(
        fc.integer({ min: 0, max: 60 * day }),
        fc.integer({ min: -2 * day, max: 4_000 * day }),
        fc.integer({ min: -1_200, max: 1_200 }), // About now, by clocks that differ.
      ),
      sizeInBytes: fc.integer({ min: 0, max: 50 * 1024 ** 2 }),
    }),
    { selector: ({ kind, ageInSeconds }) => `${kind} ${ageInSeconds}`, maxLength: 60 },
  )
  .map((facts) => facts.map(backup));

const length = fc.integer({ min: 0, max: 20 });
const maximumStorageInMegabytes = fc.option(fc.integer({ min: 0, max: 800 }));
const policies = fc
  .oneof(
    fc.record({
      keepAllForDays: length,
      keepDailyForDays: length,
      keepWeeklyForWeeks: length,
      keepMonthlyForMonths: length,
      keepYearlyForYears: length,
      maximumStorageInMegabytes,
    }),
    fc.record({
      strategy: fc.constant('keepLast'),
      keepLast: fc.integer({ min: 1, max: 30 }),
      maximumStorageInMegabytes,
    }),
  )
  .map((policy) => RetentionPolicy.parse(policy));

const contexts: fc.Arbitrary<PlanningContext> = fc.record({
  now: fc.constant(now),
  zone: fc.constantFrom('UTC', 'Europe/Brussels', 'America/New_York', 'Australia/Lord_Howe'),
  unattended: fc.boolean(),
});

describe('every clean-up plan, whatever the policy and the listing', () => {
  it('speaks of each backup exactly once', () => {
    holds((backups, policy, context) => {
      const { keep, remove } = planCleanup(backups, policy, context);

      expect(keysOf([...keep, ...remove].map(({ backup }) => backup))).toEqual(keysOf(backups));
    });
  });

  it('leaves nothing to do once it is carried out', () => {
    holds((backups, policy, context) => {
      const { keep } = planCleanup(backups, policy, context);
      const again = planCleanup(
        keep.map(({ backup }) => backup),
        policy,
        context,
      );

      expect(again.remove).toEqual([]);
    });
  });

  it('never removes the newest of a kind, or one dated in the future', () => {
    holds((backups, policy, context) => {
      const { remove } = planCleanup(backups, policy, context);

      const removed = remove.map(({ backup }) => backup);
      const present = newestFirst(backups.filter(({ takenAt }) => takenAt <= latestPresent(now)));
      const newest = BackupKind.options.map((kind) => present.find((backup) => backup.kind === kind));
      const isFuture = ({ takenAt }: Backup) => takenAt > latestPresent(now);
      expect(removed.filter((backup) => newest.includes(backup) || isFuture(backup))).toEqual([]);
    });
  });

  it('decides as if damaged ones were not there, and removes none of those', () => {
    holds((backups, policy, context) => {
      const damaged = new Set(backups.filter((_, at) => at % 3 === 0).map(({ key }) => key));
      const others = backups.filter(({ key }) => !damaged.has(key));

      const { remove } = planCleanup(backups, policy, { ...context, damaged });

      expect(remove).toEqual(planCleanup(others, policy, context).remove);
    });
  });

  it('decides as if what is not known to be a backup were not there, and removes none of it', () => {
    holds((backups, policy, context) => {
      const unproven = new Set(backups.filter((_, at) => at % 3 === 0).map(({ key }) => key));
      const known = backups.filter(({ key }) => !unproven.has(key));

      const { remove } = planCleanup(backups, policy, { ...context, unproven });

      expect(remove).toEqual(planCleanup(known, policy, context).remove);
    });
  });

  it('does with the remembered ones the same, whatever others there are, when nobody looks', () => {
    fc.assert(
      fc.property(listings, listings, policies, contexts, (ours, others, policy, given) => {
        const remembered = new Set(ours.map(({ key }) => key));
        const context = { ...given, unattended: true, remembered };
        const strangers = others.filter(({ key }) => !remembered.has(key));

        const { keep, remove } = planCleanup([...ours, ...strangers], policy, context);

        const alone = planCleanup(ours, policy, context);
        const isOurs = ({ backup }: { backup: Backup }) => remembered.has(backup.key);
        expect(keep.filter(isOurs)).toEqual(alone.keep);
        expect(remove.filter(isOurs)).toEqual(alone.remove);
      }),
      { numRuns: 150 },
    );
  });

  it('removes none for the sake of an older one that has turned up', () => {
    holds((backups, policy, context) => {
      const [added, ...before] = newestFirst(backups).toReversed();
      fc.pre(added !== undefined);

      const removedBefore = planCleanup(before, policy, context).remove.map(({ backup }) => backup);
      const removedAfter = planCleanup(backups, policy, context).remove.map(({ backup }) => backup);

      const newer = removedAfter.filter((backup) => backup !== added);
      expect(newer.filter((backup) => !removedBefore.includes(backup))).toEqual([]);
    });
  });

  it('is the same whatever the order of the listing', () => {
    holds((backups, policy, context) => {
      const hashes = [backups, backups.toReversed()].map((listed) =>
        planHash(planCleanup(listed, policy, context)),
      );

      expect(hashes[0]).toBe(hashes[1]);
    });
  });
});

function holds(
  promise: (backups: readonly Backup[], policy: RetentionPolicy, context: PlanningContext) => void,
): void {
  fc.assert(fc.property(listings, policies, contexts, promise), { numRuns: 150 });
}

interface Facts {
  readonly kind: BackupKind;
  readonly ageInSeconds: number;
  readonly sizeInBytes: number;
}

function backup({ kind, ageInSeconds, sizeInBytes }: Facts): Backup {
  const takenAt = now.minus({ seconds: ageInSeconds });
  return { key: `${kind} of ${takenAt.toISO()}`, app: 'shop', kind, takenAt, sizeInBytes };
}

function keysOf(backups: readonly Backup[]): string[] {
  return backups.map(({ key }) => key).toSorted();
}
