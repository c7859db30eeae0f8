import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { RetentionPolicy } from '../../src/domain/retention/registry.ts';
import { whileReading } from '../../workers/reading.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { asOrdinaryUser } from '../support/ordinary-user.ts';
import { namesIn, plant } from '../support/planted-backups.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { onRedis } from '../support/stores.ts';
import vectors from '../vectors/retention.json' with { type: 'json' };

const store = openStoreForAll(onRedis);
const clock = () => DateTime.fromISO('2026-11-22T12:00:00Z', { zone: 'utc' });
const deleteWords = /Delete .*: \/backup (clean .*)$/m;

/** The newest of today, one of the last days, and two of one day long ago, of which one has to go. */
const newest = '2026-11-22T02:00:00Z';
const thisWeek = '2026-11-20T02:00:00Z';
const lateThatDay = '2026-11-10T22:00:00Z';
const earlyThatDay = '2026-11-10T02:00:00Z';
const ancient = '2019-01-01T02:00:00Z';

/** A folder with these backups and their manifests. */
function diskWith(takenAt: readonly string[], name = 'disk') {
  const target = disk(name);
  for (const each of takenAt) plant(target.folder, { takenAt: each });
  return target;
}

function wordsIn(text: string): string {
  const [, words] = deleteWords.exec(text) ?? [];
  if (words === undefined) throw new Error(`No words to confirm in:\n${text}`);
  return words;
}

describe('/backup clean', () => {
  it('shows what would go and why, and removes just that once it is confirmed', async () => {
    const target = diskWith([newest, thisWeek, lateThatDay, earlyThatDay, ancient]);
    const { say, audited } = await startProduct(store(), { apps: [shop([target])], clock });

    const plan = await say('/backup clean shop');
    const before = namesIn(target.folder);
    const done = await say(`/backup ${wordsIn(plan.text)}`);

    expect(plan.text).toContain('Cleaning shop removes 2 backups and frees 2.0 KiB');
    expect(plan.text).toContain('disk: 2 backups (2.0 KiB) to go, 3 backups (2.9 KiB) to stay');
    expect(plan.text).toMatch(/2026-11-10-02-00-00\.zip .* not the newest of day 2026-11-10$/m);
    expect(plan.text).toMatch(/2019-01-01-02-00-00\.zip .* older than every window$/m);
    expect(before).toHaveLength(10);
    expect(done.reports.map(({ kind }) => kind)).toEqual(['clean-queued', 'cleaned']);
    expect(done.text).toContain('Cleaned shop: 2 backups removed, 2.0 KiB freed');
    expect(done.text).toMatch(/2019-01-01-02-00-00\.zip .* older than every window$/m);
    expect(namesIn(target.folder)).toEqual(
      ['2026-11-10-22-00-00', '2026-11-20-02-00-00', '2026-11-22-02-00-00'].flatMap((name) => [
        `${name}.manifest.json`,
        `${name}.zip`,
      ]),
    );
    expect(await audited()).toContainEqual(
      expect.objectContaining({
        decision: 'allowed',
        understood: wordsIn(plan.text),
        runId: expect.stringMatching(/^c_/),
      }),
    );
  });

  it('has the app’s name typed before a button deletes', async () => {
    const target = diskWith([newest, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const { frames } = await say('/backup clean shop');

    expect(frames.at(-1)?.message.actions).toEqual([
      {
        label: 'Delete 1 backup',
        words: expect.stringMatching(/^clean shop --plan [0-9a-z]{11}$/),
        look: 'danger',
        typed: 'shop',
      },
    ]);
  });

  it('says so when nothing has to go, and asks for nothing', async () => {
    const { say } = await startProduct(store(), { apps: [shop([diskWith([newest, thisWeek])])], clock });

    const { text } = await say('/backup clean shop');

    expect(text).toContain('No backup of shop has to go');
    expect(text).not.toMatch(deleteWords);
  });

  it('--dry-run gives every backup its reason, and asks for nothing', async () => {
    const target = diskWith([newest, lateThatDay, earlyThatDay]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const { text, reports } = await say('/backup clean shop --dry-run');

    expect(text).toMatch(/2026-11-22-02-00-00\.zip .* the newest, which is never removed$/m);
    expect(text).toMatch(/2026-11-10-22-00-00\.zip .* newest of day 2026-11-10$/m);
    expect(text).toMatch(/2026-11-10-02-00-00\.zip .* not the newest of day 2026-11-10$/m);
    expect(text).not.toMatch(deleteWords);
    expect(reports).toMatchObject([{ kind: 'cleanup-plan', dryRun: true }]);
    expect(namesIn(target.folder)).toHaveLength(6);
  });

  it('cleans the destinations that are named, each by its own policy', async () => {
    const near = diskWith([newest, ancient], 'near');
    const far = diskWith([newest, thisWeek, ancient], 'far');
    const retention = {
      zone: 'UTC',
      policyAt: (destination: string) =>
        RetentionPolicy.parse(destination === 'far' ? { strategy: 'keepLast', keepLast: 2 } : {}),
    };
    const apps = [{ ...shop([near, far]), retention }];
    const { say } = await startProduct(store(), { apps, clock });

    const { text } = await say('/backup clean shop --at far');
    await say(`/backup ${wordsIn(text)}`);

    expect(text).toContain('not one of the last 2 backups');
    expect(namesIn(near.folder)).toHaveLength(4);
    expect(namesIn(far.folder)).toHaveLength(4);
  });

  it('keeps the newest of each kind, however old: each is a series of its own', async () => {
    const target = diskWith([newest, ancient]);
    for (const kind of ['db', 'files'] as const) {
      plant(target.folder, { kind, takenAt: ancient });
      plant(target.folder, { kind, takenAt: '2018-01-01T02:00:00Z' });
    }
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    await say(`/backup ${wordsIn((await say('/backup clean shop')).text)}`);

    expect(namesIn(target.folder).filter((name) => name.endsWith('.zip'))).toEqual([
      '2019-01-01-02-00-00.db.zip',
      '2019-01-01-02-00-00.files.zip',
      '2026-11-22-02-00-00.zip',
    ]);
  });

  it('neither counts nor touches what is not ours, nor what is dated in the future', async () => {
    const target = diskWith([newest, ancient, '2031-01-01T00:00:00Z']);
    const foreign = ['2018-01-01.zip', '2018-01-01-00-00-00.tar', '2018-01-01-00-00-00.zip.partial', 'x.zip'];
    for (const name of foreign) writeFileSync(join(target.folder, 'shop', name), 'of another tool');
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const plan = await say('/backup clean shop');
    await say(`/backup ${wordsIn(plan.text)}`);

    expect(plan.text).toContain('shop/2031-01-01-00-00-00.zip is dated in the future');
    expect(namesIn(target.folder)).toEqual(
      [
        ...foreign,
        '2026-11-22-02-00-00.manifest.json',
        '2026-11-22-02-00-00.zip',
        '2031-01-01-00-00-00.manifest.json',
        '2031-01-01-00-00-00.zip',
      ].toSorted(),
    );
  });
});

describe('the words that confirm a plan', () => {
  it('carry out no other plan: a changed listing is shown again, and nothing is removed', async () => {
    const target = diskWith([newest, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });
    const old = wordsIn((await say('/backup clean shop')).text);
    plant(target.folder, { takenAt: '2018-01-01T02:00:00Z' });

    const { text, reports } = await say(`/backup ${old}`);
    const left = namesIn(target.folder);
    await say(`/backup ${wordsIn(text)}`);

    expect(reports.at(-1)).toMatchObject({ kind: 'cleanup-plan', insteadOf: 'another-plan' });
    expect(text).toContain('The listing has changed since that plan was shown, so nothing was removed.');
    expect(wordsIn(text)).not.toBe(old);
    expect(left).toHaveLength(6);
    expect(namesIn(target.folder)).toHaveLength(2);
  });

  it('notice what was deleted behind our back', async () => {
    const target = diskWith([newest, thisWeek, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });
    const old = wordsIn((await say('/backup clean shop')).text);
    rmSync(join(target.folder, 'shop/2026-11-22-02-00-00.zip'));

    const { reports } = await say(`/backup ${old}`);

    expect(reports.at(-1)).toMatchObject({ kind: 'cleanup-plan', insteadOf: 'another-plan' });
    expect(namesIn(target.folder)).toContain('2019-01-01-02-00-00.zip');
  });

  it('are words, not a guess: a plan that never was is refused', async () => {
    const target = diskWith([newest, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const mistyped = await say('/backup clean shop --plan x');
    const made = await say('/backup clean shop --plan 00000000000');

    expect(mistyped.text).toContain('There is no plan called "x"');
    expect(made.reports.at(-1)).toMatchObject({ kind: 'cleanup-plan', insteadOf: 'another-plan' });
    expect(namesIn(target.folder)).toHaveLength(4);
  });

  it('wait for their turn: one clean of an app at a time', async () => {
    const target = diskWith([newest, ancient]);
    const { say, hire } = await startProduct(store(), { apps: [shop([target])], clock, groups: [] });
    const first = say('/backup clean shop --yes', 'console:ann');
    const second = await say('/backup clean shop --yes', 'console:ben');
    await hire('default');

    const asked = [await first, second].map(({ reports }) => reports[0]);

    const met = asked.find((report) => report?.kind === 'clean-queued' && report.already);
    const begun = asked.find((report) => report?.kind === 'clean-queued' && !report.already);
    expect(begun).toMatchObject({ workerAlive: false });
    expect(met).toMatchObject({ jobId: begun?.kind === 'clean-queued' && begun.jobId });
    expect(namesIn(target.folder)).toHaveLength(2);
  });
});

describe('/backup clean --yes', () => {
  it('cleans at once on the console', async () => {
    const target = diskWith([newest, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const { reports } = await say('/backup clean shop --yes');

    expect(reports.at(-1)).toMatchObject({ kind: 'cleaned', outcome: 'cleaned' });
    expect(namesIn(target.folder)).toEqual(['2026-11-22-02-00-00.manifest.json', '2026-11-22-02-00-00.zip']);
  });

  it('lets nothing grow old while nothing new is stored', async () => {
    const target = diskWith(['2026-03-02T02:00:00Z', '2026-03-01T22:00:00Z', '2026-03-01T02:00:00Z']);
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const { text } = await say('/backup clean shop --yes');

    expect(text).toContain('shop is clean: no backup had to go');
    expect(namesIn(target.folder)).toHaveLength(6);
  });

  it('is refused in a chat, with the words to take instead', async () => {
    const target = diskWith([newest, ancient]);
    const slack = memoryPlatform('slack');
    const access = [{ allow: ['clean' as const], who: ['slack:T1/U1'] }];
    const { audited } = await startProduct(store(), {
      apps: [shop([target])],
      clock,
      access,
      platforms: [slack],
    });

    await slack.type('clean shop --yes', { id: 'slack:T1/U1', groups: [] }, 'C1');

    expect(slack.shown[0]?.message.report).toMatchObject({
      kind: 'not-understood',
      problem: expect.stringContaining('--yes is for the console and for schedules'),
      didYouMean: ['clean shop'],
    });
    expect(await audited()).toMatchObject([{ decision: 'not-understood', words: 'clean shop --yes' }]);
    expect(namesIn(target.folder)).toHaveLength(4);
  });
});

describe('what cannot be removed', () => {
  it('is said, told as a failure, and goes the next time', async () => {
    const target = diskWith([newest, ...['2019', '2018', '2017', '2016', '2015'].map(january)]);
    const folder = join(target.folder, 'shop');
    chmodSync(target.folder, 0o755);
    chmodSync(folder, 0o555);
    const slack = memoryPlatform('slack');
    const channels = [{ to: 'slack:C1', reports: ['failures' as const] }];
    const { say } = await startProduct(store(), {
      apps: [shop([target])],
      clock,
      channels,
      platforms: [slack],
    });

    const failed = await asOrdinaryUser(() => say('/backup clean shop --yes'));
    const left = namesIn(target.folder);
    chmodSync(folder, 0o755);
    const mended = await say('/backup clean shop --yes');
    const told = await slack.see(() => true);

    expect(failed.reports.at(-1)).toMatchObject({
      kind: 'cleaned',
      outcome: 'failed',
      places: [{ removed: [], failed: [{ key: 'shop/2015-01-01-00-00-00.zip' }, {}, {}], notTried: 2 }],
    });
    expect(failed.text).toContain('the user that runs Holdfast has no right to do so');
    expect(failed.text).toContain('It is tried again next time.');
    expect(failed.text).toContain('2 more were not tried after so many failures in a row.');
    expect(left).toHaveLength(12);
    expect(mended.reports.at(-1)).toMatchObject({ outcome: 'cleaned' });
    expect(namesIn(target.folder)).toHaveLength(2);
    expect(told.message.report).toMatchObject({ kind: 'cleaned', outcome: 'failed' });
    expect(slack.shown).toHaveLength(1);
  });

  it('leaves the manifest, which goes the next time', async () => {
    const target = diskWith([newest]);
    plant(target.folder, { takenAt: ancient });
    rmSync(join(target.folder, 'shop/2019-01-01-02-00-00.zip'));
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const plan = await say('/backup clean shop');
    const done = await say(`/backup ${wordsIn(plan.text)}`);

    expect(plan.text).toContain('1 manifest without an archive to go, too');
    expect(plan.text).toContain('Delete 1 manifest without an archive');
    expect(done.text).toContain('1 manifest without an archive removed, too');
    expect(namesIn(target.folder)).toEqual(['2026-11-22-02-00-00.manifest.json', '2026-11-22-02-00-00.zip']);
  });

  it('is left alone while somebody reads it', async () => {
    const target = diskWith([newest, ancient]);
    const key = 'shop/2019-01-01-02-00-00.zip';
    const { say, state } = await startProduct(store(), { apps: [shop([target])], clock });
    const early = wordsIn((await say('/backup clean shop')).text);

    const { meanwhile, late } = await whileReading(key, target, state, async () => ({
      meanwhile: await say('/backup clean shop --dry-run'),
      late: await say(`/backup ${early}`),
    }));

    expect(meanwhile.text).toMatch(/2019-01-01-02-00-00\.zip .* is being read right now/);
    expect(late.reports.at(-1)).toMatchObject({ kind: 'cleanup-plan', insteadOf: 'another-plan' });
    expect(namesIn(target.folder)).toHaveLength(4);
  });
});

describe('a backup that vanished', () => {
  it('is told by the clean itself where failures go, and as an alert where health goes, though nobody looks', async () => {
    const target = diskWith([newest, thisWeek]);
    rmSync(join(target.folder, 'shop/2026-11-20-02-00-00.zip'));
    const slack = memoryPlatform('slack');
    const channels = [
      { to: 'slack:FAILURES', reports: ['failures' as const] },
      { to: 'slack:SUCCESSES', reports: ['successes' as const] },
      { to: 'slack:HEALTH', reports: ['health' as const] },
    ];
    const { say } = await startProduct(store(), {
      apps: [shop([target])],
      clock,
      channels,
      platforms: [slack],
    });

    const { text } = await say('/backup clean shop --yes');
    await say('/backup clean shop --yes');
    const failure = await slack.see(({ message }) => message.report?.kind === 'cleaned');
    const alert = await slack.see(({ message }) => message.report?.kind === 'alert');

    expect(text).toContain('Something is wrong with the backups of shop; no backup had to go');
    expect(text).toContain('shop/2026-11-20-02-00-00.zip is no longer in disk, but its manifest is');
    expect([failure.place, alert.place]).toEqual(['slack:FAILURES', 'slack:HEALTH']);
    expect(slack.shown.filter(({ place }) => place === 'slack:SUCCESSES')).toEqual([]);
    expect(slack.shown.filter(({ place }) => place === 'slack:HEALTH')).toHaveLength(1);
    expect(namesIn(target.folder)).toContain('2026-11-20-02-00-00.manifest.json');
  });
});

describe('a destination that is not there', () => {
  it('is said, and nothing is done there; the others are cleaned', async () => {
    const gone = disk('gone');
    const target = diskWith([newest, ancient]);
    const { say } = await startProduct(store(), { apps: [shop([gone, target])], clock });
    rmSync(gone.folder, { recursive: true });
    writeFileSync(gone.folder, 'I am no folder.');

    const plan = await say('/backup clean shop');
    const done = await say(`/backup ${wordsIn(plan.text)}`);

    expect(plan.text).toMatch(/✖ gone: Could not list .* Nothing is done there\.$/m);
    expect(done.reports.at(-1)).toMatchObject({ kind: 'cleaned', outcome: 'partly' });
    expect(done.text).toMatch(/✖ gone: Could not list .* Nothing was done there\.$/m);
    expect(namesIn(target.folder)).toHaveLength(2);
  });

  it('costs no manifest when it answers as if it were empty', async () => {
    const target = diskWith([newest]);
    rmSync(join(target.folder, 'shop/2026-11-22-02-00-00.zip'));
    const { say } = await startProduct(store(), { apps: [shop([target])], clock });

    const { text } = await say('/backup clean shop --yes');

    expect(text).toContain('no backup had to go');
    expect(namesIn(target.folder)).toEqual(['2026-11-22-02-00-00.manifest.json']);
  });
});

describe('what is kept through the real command', () => {
  // A name of ours says the second, so a series has no two of one second; and two thousand files take too long to remove here.
  const others = ['d23-ties-first-listed-wins', 'u2-thousand-days'];
  const cases = vectors.cases.filter(({ id }) => !others.includes(id));

  it('is what the established tools keep, in every case', async () => {
    let now = clock();
    const places = cases.map(({ id }) => ({ id, target: disk(id) }));
    const apps = cases.map((one, at) => ({
      ...shop([places[at]?.target ?? disk('none')], one.id),
      retention: { zone: one.timezone, policyAt: () => policyOf(one.policy) },
    }));
    const { say } = await startProduct(store(), { apps, clock: () => now });

    for (const [at, one] of cases.entries()) {
      now = DateTime.fromISO(one.now, { zone: 'utc' });
      const folder = places[at]?.target.folder ?? '';
      const keys = new Map(
        one.backups.map(({ path, date, size }) => [
          path,
          plant(folder, { app: one.id, takenAt: date, sizeInBytes: size }),
        ]),
      );

      const { text } = await say(`/backup clean ${one.id}`);
      if (deleteWords.test(text)) await say(`/backup ${wordsIn(text)}`);

      const left = keys.size === 0 ? [] : namesIn(folder, one.id).filter((name) => name.endsWith('.zip'));
      const expected = one.expected_kept.map((path) => keys.get(path)?.slice(one.id.length + 1));
      expect({ case: one.id, left }).toEqual({ case: one.id, left: expected.toSorted() });
    }
  });
});

function january(year: string): string {
  return `${year}-01-01T00:00:00Z`;
}

function policyOf(policy: (typeof vectors.cases)[number]['policy']): RetentionPolicy {
  return RetentionPolicy.parse({
    keepAllForDays: policy.keep_all_backups_for_days,
    keepDailyForDays: policy.keep_daily_backups_for_days,
    keepWeeklyForWeeks: policy.keep_weekly_backups_for_weeks,
    keepMonthlyForMonths: policy.keep_monthly_backups_for_months,
    keepYearlyForYears: policy.keep_yearly_backups_for_years,
    maximumStorageInMegabytes: policy.delete_oldest_backups_when_using_more_megabytes_than,
  });
}
