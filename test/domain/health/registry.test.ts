import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  type DestinationFacts,
  type HealthLimits,
  HealthOptions,
  judgeHealth,
  limitsAt,
} from '../../../src/domain/health/registry.ts';
import { inOrder, isHealthy } from '../../../src/domain/health/verdict.ts';
import { RetentionPolicy } from '../../../src/domain/retention/registry.ts';
import { planCleanup } from '../../../src/domain/retention.ts';
import vectors from '../../vectors/health-checks.json' with { type: 'json' };
import { backup, holdings, now, watch } from './facts.ts';

const options = limitsAt(HealthOptions.parse({}), RetentionPolicy.parse({}));

describe('the health of an app at a destination', () => {
  it('m1: is good with a backup each night and room for more', () => {
    const facts: DestinationFacts = { reachable: true, ...holdings() };

    expect(judgeHealth(facts, watch, options)).toEqual({
      app: 'shop',
      destination: 'disk',
      failures: [],
      undecided: [],
    });
  });

  it.each(vectors.age)('$id: newest no older than $max_age_days days', ({ now, max_age_days, ...given }) => {
    const backups = given.backups.map((at) => backup({ takenAt: DateTime.fromISO(at) }));
    const facts: DestinationFacts = { reachable: true, ...holdings({ backups }) };

    const { failures } = judgeHealth(
      facts,
      { ...watch, now: DateTime.fromISO(now) },
      only({ maximumAgeInDays: max_age_days }),
    );

    expect(failures.map(({ check }) => check)).toEqual(given.expected_healthy ? [] : ['age']);
    const says = given.expected_reason === 'no_backups' ? 'There is no backup' : 'The newest backup';
    for (const { problem } of failures) expect(problem).toContain(says);
  });

  it.each(vectors.storage)(
    '$id: no more than $max_megabytes MB',
    ({ max_megabytes, sizes, expected_healthy }) => {
      const backups = sizes.map((sizeInBytes) => backup({ sizeInBytes }));
      const facts: DestinationFacts = { reachable: true, ...holdings({ backups }) };

      const { failures } = judgeHealth(facts, watch, only({ maximumStorageInMegabytes: max_megabytes }));

      expect(failures.map(({ check }) => check)).toEqual(expected_healthy ? [] : ['storage']);
    },
  );

  it('m3: tells every check that fails, not only the first', () => {
    const old = backup({ takenAt: now.minus({ days: 3 }), sizeInBytes: 6_000 * 1024 ** 2 });

    const { failures } = judgeHealth({ reachable: true, ...holdings({ backups: [old] }) }, watch, options);

    expect(failures.map(({ check }) => check)).toEqual(['age', 'storage']);
  });

  it('neither blames nor praises a destination that may only be written to', () => {
    const problem = 'The credentials may not list.';
    const facts: DestinationFacts = { reachable: false, destination: 's3', problem, writeOnly: true };

    const { failures, undecided } = judgeHealth(facts, watch, options);

    expect(failures).toEqual([]);
    expect(undecided).toContain('age');
  });

  it('m2: says of a destination that is not reached only that', () => {
    const problem = 'No answer in 10 s.';
    const facts: DestinationFacts = { reachable: false, destination: 's3', problem, writeOnly: false };

    const { failures, undecided } = judgeHealth(facts, watch, options);

    expect(failures).toEqual([
      {
        check: 'reachable',
        problem: 's3 could not be looked at for backups of shop: No answer in 10 s.',
        advice: 'When that is put right: /backup monitor shop',
      },
    ]);
    expect(undecided).toContain('age');
  });

  it('m4: is good when it is reached and nothing else is asked', () => {
    const facts: DestinationFacts = { reachable: true, ...holdings({ backups: [] }) };

    expect(judgeHealth(facts, watch, only({})).failures).toEqual([]);
  });

  it('m5: is told by app and destination, and is bad when any of them is', () => {
    const { targets = [], expected_order } = vectors.monitor.find(({ id }) => id.startsWith('m5')) ?? {};
    const { failures } = judgeHealth({ reachable: true, ...holdings({ backups: [] }) }, watch, options);
    const verdicts = targets.map(({ name, disk, healthy }) => {
      return { app: name, destination: disk, failures: healthy ? [] : failures, undecided: [] };
    });

    const ordered = inOrder(verdicts);

    expect(ordered.map(({ app, destination }) => `${app}-${destination}`)).toEqual(expected_order);
    expect(isHealthy(ordered)).toBe(false);
    expect(isHealthy(ordered.filter(({ failures }) => failures.length === 0))).toBe(true);
  });
});

describe('what a clean leaves', () => {
  const kinds = ['full', 'db', 'files'] as const;
  const crowded = kinds.flatMap((kind) =>
    [0, 1, 2].map((days) => backup({ kind, sizeInBytes: 3 * 1024 ** 2, takenAt: now.minus({ days }) })),
  );

  it.each([5, 7, 9])(
    'is no larger than is healthy, with %d MB for each kind',
    (maximumStorageInMegabytes) => {
      const keep = RetentionPolicy.parse({ maximumStorageInMegabytes });
      const { keep: left } = planCleanup(crowded, keep, { now, zone: 'UTC' });
      const facts = { reachable: true as const, ...holdings({ backups: left.map(({ backup }) => backup) }) };

      expect(judgeHealth(facts, watch, limitsAt(HealthOptions.parse({}), keep)).failures).toEqual([]);
    },
  );

  it('is judged by a limit of its own where one is said, and by none where that is said', () => {
    const keep = RetentionPolicy.parse({ maximumStorageInMegabytes: 7 });

    const limits = [20, null].map((megabytes) =>
      limitsAt(HealthOptions.parse({ maximumStorageInMegabytes: megabytes }), keep),
    );

    expect(limits.map(({ maximumStorageInMegabytes }) => maximumStorageInMegabytes)).toEqual([20, null]);
  });
});

/** All checks that can be left out are, but for those named. */
function only(limits: Partial<HealthLimits>): HealthLimits {
  return {
    maximumAgeInDays: null,
    maximumStorageInMegabytes: null,
    minimumSizeInPercent: null,
    minimumFreeInMegabytes: null,
    reportRemovedByOthers: true,
    ...limits,
  };
}
