import { describe, expect, it } from 'vitest';
import type { Holdings, RunsDue, Watch } from '../../../src/domain/health/check.ts';
import { freeSpace } from '../../../src/domain/health/free-space.ts';
import { manifests } from '../../../src/domain/health/manifests.ts';
import { maximumAge } from '../../../src/domain/health/maximum-age.ts';
import { maximumStorage } from '../../../src/domain/health/maximum-storage.ts';
import { minimumSize } from '../../../src/domain/health/minimum-size.ts';
import { missedRun } from '../../../src/domain/health/missed-run.ts';
import { vanished } from '../../../src/domain/health/vanished.ts';
import { judgeWorkers } from '../../../src/domain/health/worker-group.ts';
import { firingsBetween } from '../../../src/domain/schedule.ts';
import { backup, holdings, now, watch } from './facts.ts';

const mebibyte = 1024 ** 2;
const nightly = { cron: '0 2 * * *', zone: 'UTC' };

describe('the age of the newest backup', () => {
  const check = maximumAge(1);

  it('is told in words, with what to do', () => {
    const found = check.judge(withNewest({ takenAt: now.minus({ days: 2, hours: 3 }) }), watch);

    expect(found).toEqual({
      problem: 'The newest backup of shop in disk was made 2 d 3 h ago; it may be no older than 1 day.',
      advice: 'Back it up now: /backup run shop',
    });
  });

  it('is left open while a run is under way, unless that has hung for as long', () => {
    const old = withNewest({ takenAt: now.minus({ days: 2 }) });

    expect(check.judge(old, { ...watch, runningSince: now.minus({ minutes: 15 }) })).toBe('undecided');
    expect(check.judge(old, { ...watch, runningSince: now.minus({ days: 1 }) })).toHaveProperty('problem');
  });

  it('is not that of one dated in the future, which would hide for years that nothing new comes', () => {
    const old = backup({ takenAt: now.minus({ days: 2 }) });
    const ahead = backup({ takenAt: now.plus({ years: 20 }) });

    const found = check.judge(holdings({ backups: [ahead, old] }), watch);

    expect(found).toMatchObject({ problem: expect.stringContaining('was made 2 d ago') });
  });

  it('is taken for now when the clock of another machine is a little ahead', () => {
    expect(check.judge(withNewest({ takenAt: now.plus({ minutes: 5 }) }), watch)).toBeUndefined();
  });
});

describe('a new installation without a backup', () => {
  const check = maximumAge(1);
  const tonight = now.plus({ days: 1 }).set({ hour: 2, minute: 0 });
  const since = (from: typeof now): RunsDue => {
    return (after, until, atMost) => firingsBetween(nightly, after < from ? from : after, until, atMost);
  };
  const empty = holdings({ backups: [] });
  const installed = { ...watch, runs: since(now) };

  it('is not alarmed before its first run was due and could begin', () => {
    expect(check.judge(empty, installed)).toBe('undecided');
    expect(check.judge(empty, { ...installed, now: tonight.minus({ minutes: 1 }) })).toBe('undecided');
    expect(check.judge(empty, { ...installed, now: tonight.plus({ minutes: 5 }) })).toBe('undecided');
  });

  it('is alarmed when its first run was due and left nothing', () => {
    expect(check.judge(empty, { ...installed, now: tonight.plus({ minutes: 15 }) })).toMatchObject({
      problem: 'There is no backup of shop in disk.',
    });
  });

  it('is alarmed at once where nothing is scheduled, or what was stored has gone', () => {
    const stored = [{ key: 'shop/2026-11-22-02-00-05.zip', takenAt: now }];

    expect(check.judge(empty, watch)).toHaveProperty('problem');
    expect(check.judge({ ...empty, vanished: stored }, installed)).toHaveProperty('problem');
    expect(check.judge({ ...empty, gone: stored }, installed)).toHaveProperty('problem');
  });
});

describe('a backup that has vanished', () => {
  const found = (more: Partial<Watch>) =>
    vanished(true).judge(
      holdings({ backups: [], vanished: [{ key: 'shop/2026-11-22-02-00-05.zip', takenAt: now }] }),
      { ...watch, ...more },
    );

  it('is no longer reported once a clean is confirmed, which a watcher is not asked for', () => {
    expect(found({})).toMatchObject({
      advice: expect.stringContaining('Once you confirm /backup clean shop,'),
    });
    expect(found({ isOnlyWatched: true })).toMatchObject({
      advice: expect.not.stringContaining('/backup clean'),
    });
  });
});

describe('a run that was due', () => {
  const check = missedRun();
  const runs: RunsDue = (since, until, atMost) => firingsBetween(nightly, since, until, atMost);
  const watched = { ...watch, runs };

  it('is not missed when it left a backup', () => {
    expect(check.judge(holdings(), watched)).toBeUndefined();
  });

  it('is named when it did not, though the newest backup is young enough', () => {
    const yesterday = withNewest({ takenAt: now.minus({ hours: 23 }) });

    const found = check.judge(yesterday, { ...watched, zone: 'Europe/Brussels' });

    expect(found).toHaveProperty(
      'problem',
      'The run that was due at 2026-11-22 03:00 Europe/Brussels left no backup of shop in disk.',
    );
  });

  it('is counted with the others that did not', () => {
    const found = check.judge(withNewest({ takenAt: now.minus({ days: 3 }) }), watched);

    expect(found).toHaveProperty(
      'problem',
      '3 runs that were due since 2026-11-20 02:00 UTC left no backup of shop in disk.',
    );
  });

  it('is not missed before it can have begun, and undecided while it runs', () => {
    const yesterday = withNewest({ takenAt: now.minus({ hours: 24 }) });
    const atTwo = now.set({ minute: 0 });
    const running = { ...watched, runningSince: atTwo.plus({ seconds: 3 }) };

    expect(check.judge(yesterday, { ...watched, now: atTwo.plus({ minutes: 5 }) })).toBeUndefined();
    expect(check.judge(yesterday, running)).toBe('undecided');
  });

  it('is missed for good when a later one runs', () => {
    const older = withNewest({ takenAt: now.minus({ hours: 48 }) });

    expect(check.judge(older, { ...watched, runningSince: now })).toHaveProperty('problem');
  });

  it('is not made up for by a partial backup', () => {
    const partial = backup({ kind: 'db', takenAt: now.minus({ minutes: 5 }) });
    const yesterday = backup({ takenAt: now.minus({ hours: 24 }) });

    expect(check.judge(holdings({ backups: [partial, yesterday] }), watched)).toHaveProperty('problem');
  });

  it('is unknown without a schedule', () => {
    expect(check.judge(withNewest({ takenAt: now.minus({ days: 300 }) }), watch)).toBeUndefined();
  });
});

describe('the storage backups take', () => {
  it('is told with its limit', () => {
    const found = maximumStorage(5_000).judge(withNewest({ sizeInBytes: 6_000 * mebibyte }), watch);

    expect(found).toHaveProperty(
      'problem',
      'The backups of shop take 5.9 GiB in disk, more than the 5,000 MB they may.',
    );
  });

  it('is counted kind by kind, as a clean counts it', () => {
    const kinds = (['full', 'db', 'files'] as const).map((kind) =>
      backup({ kind, sizeInBytes: 2 * mebibyte }),
    );
    const more = backup({ kind: 'db', sizeInBytes: mebibyte, takenAt: now.minus({ days: 1 }) });

    expect(maximumStorage(2).judge(holdings({ backups: kinds }), watch)).toBeUndefined();
    expect(maximumStorage(2).judge(holdings({ backups: [...kinds, more] }), watch)).toEqual({
      problem: 'The backups of databases of shop take 3.0 MiB in disk, more than the 2 MB they may.',
      advice: 'See what can go with /backup clean shop --dry-run, or raise the limit.',
    });
  });

  it('is not blamed on what a clean could remove when the newest alone is too large', () => {
    const found = maximumStorage(1).judge(withNewest({ sizeInBytes: 2 * mebibyte }), watch);

    expect(found).toHaveProperty(
      'advice',
      expect.stringMatching(/^The newest alone is larger, and a clean never removes it\./),
    );
  });
});

describe('the size of the newest backup', () => {
  const check = minimumSize(50);

  it.each([
    ['half the median of the seven before', 50, true],
    ['less than half', 49, false],
    ['much more', 400, true],
  ])('%s', (_, size, healthy) => {
    const sizes = [size, 100, 90, 110, 100, 1, 1_000, 100, 7_000, 7_000, 7_000];

    expect(check.judge(sized(sizes), watch) === undefined).toBe(healthy);
  });

  it('is told with what is usual', () => {
    const sizes = [30, 100, 100, 100].map((megabytes) => megabytes * mebibyte);

    expect(check.judge(sized(sizes), watch)).toHaveProperty(
      'problem',
      'In disk, shop/2026-11-22-02-15-00.zip has 30.0 MiB, 30 % of the usual 100 MiB.',
    );
  });

  it('says nothing with fewer than three before it, or of a partial backup beside full ones', () => {
    const partial = backup({ kind: 'db', sizeInBytes: 1 });

    expect(check.judge(sized([1, 100, 100]), watch)).toBeUndefined();
    expect(check.judge(holdings({ backups: [partial, ...holdings().backups] }), watch)).toBeUndefined();
  });
});

describe('an archive without its manifest', () => {
  const check = manifests();

  it('is named, and of many the newest', () => {
    const without = holdings().backups.map((each) => ({ ...each, hasManifest: false }));

    expect(check.judge(holdings({ backups: without }), watch)).toHaveProperty(
      'problem',
      'shop/2026-11-22-02-00-05.zip, shop/2026-11-21-02-00-05.zip, shop/2026-11-20-02-00-05.zip and 5 others lie in disk without their manifests.',
    );
  });

  it('is no failure while its run is under way', () => {
    const fresh = withNewest({ hasManifest: false });

    expect(check.judge(fresh, { ...watch, runningSince: now.set({ minute: 0 }) })).toBeUndefined();
    expect(check.judge(fresh, watch)).toBeDefined();
  });
});

describe('an archive that is gone while its manifest is there', () => {
  const check = manifests();
  const gone = [{ key: 'shop/2026-11-20-02-00-05.zip', takenAt: now.minus({ days: 2 }) }];

  it('was removed by somebody else, and is named', () => {
    expect(check.judge(holdings({ gone }), watch)).toEqual({
      problem:
        'shop/2026-11-20-02-00-05.zip is no longer in disk, but its manifest is: no clean of Holdfast ended so.',
      advice:
        'Find out who removed it. Once you confirm /backup clean shop, what is left is removed and this is no longer reported.',
    });
  });

  it('is left open while a clean goes on, which may be about to remove the manifest', () => {
    expect(check.judge(holdings({ gone }), { ...watch, isBeingCleaned: true })).toBe('undecided');
    expect(check.judge(holdings(), { ...watch, isBeingCleaned: true })).toBeUndefined();
  });
});

describe('the free space of a folder', () => {
  const check = freeSpace(500);

  it('has to hold the next backup and more', () => {
    const newest = { sizeInBytes: 1_000 * mebibyte };

    expect(check.judge({ ...withNewest(newest), freeInBytes: 1_500 * mebibyte }, watch)).toBeUndefined();
    expect(check.judge({ ...withNewest(newest), freeInBytes: 1_499 * mebibyte }, watch)).toHaveProperty(
      'problem',
      'Only 1.5 GiB are free in disk. The next backup of shop takes about 1000 MiB, and 500 MB are to stay free.',
    );
  });

  it('is not asked of what is no folder', () => {
    const { freeInBytes: _, ...elsewhere } = holdings();

    expect(check.judge(elsewhere, watch)).toBeUndefined();
  });
});

describe('the workers of an app', () => {
  it('are named by their group when none of it lives', () => {
    const { failures } = judgeWorkers('shop', 'web1', false);

    expect(failures.map(({ problem }) => problem)).toEqual([
      'No worker of the group web1 is alive: shop is neither backed up nor looked at.',
    ]);
    expect(judgeWorkers('shop', 'web1', true).failures).toEqual([]);
  });
});

function withNewest(facts: Partial<Holdings['backups'][number]>): Holdings {
  return holdings({ backups: [backup(facts)] });
}

/** Of these sizes, newest first, an hour between them. */
function sized(sizes: readonly number[]): Holdings {
  return holdings({
    backups: sizes.map((sizeInBytes, at) => backup({ sizeInBytes, takenAt: now.minus({ hours: at }) })),
  });
}
