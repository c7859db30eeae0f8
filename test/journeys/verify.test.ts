import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Destination } from '../../src/destinations/destination.ts';
import { exitCodeOf } from '../../src/domain/exit-code.ts';
import type { Report } from '../../src/domain/report.ts';
import { RetentionPolicy } from '../../src/domain/retention/registry.ts';
import type { VerifiedReport } from '../../src/domain/verify-report.ts';
import { gate } from '../support/gate.ts';
import { memoryPlatform } from '../support/memory-platform.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { startProduct } from '../support/product.ts';
import { disk, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

describe('while backups are read', () => {
  it('lists and runs do not wait; it has a status, is not begun twice, and ends when somebody cancels it', async () => {
    const target = unreadable(disk('disk'));
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    await say('/backup run shop');
    const verifying = say('/backup verify shop', 'console:ann');
    await target.asked;

    const list = await say('/backup list');
    const run = await say('/backup run shop');
    const status = await say('/backup status');
    const again = await say('/backup verify shop');
    const cancelled = await say('/backup cancel shop');
    const { reports } = await verifying;

    expect(list.reports).toMatchObject([{ kind: 'overview', holdings: [{ count: 1 }] }]);
    expect(run.reports.at(-1)).toMatchObject({ kind: 'run', outcome: 'stored' });
    expect(status.text).toContain('shop is being verified');
    expect(again.reports).toMatchObject([
      { kind: 'verify-queued', already: true, askedBy: { id: 'console:ann' } },
    ]);
    expect(exitCodeOf(again.reports[0] as Report)).toBe(1);
    expect(cancelled.text).toContain('The verification of shop is cancelled');
    expect(verifiedIn(reports)).toMatchObject({ outcome: 'cancelled', places: [{ notTried: 1 }] });
  });
});

describe('/backup verify shop', () => {
  it('reads what a run has stored, and says that it is whole', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });
    await say('/backup run shop');

    const { reports, frames, text } = await say('/backup verify shop');

    const verified = verifiedIn(reports);
    expect(verified).toMatchObject({
      outcome: 'whole',
      places: [{ destination: 'disk', backups: [{ found: 'whole', backup: 'full' }] }],
    });
    expect(exitCodeOf(verified)).toBe(0);
    expect(text).toContain('✔ Verified shop: 1 copy whole');
    expect(new Set(frames.map(({ id }) => id)).size).toBe(1);
    expect(frames[0]?.message.report?.kind).toBe('verify-queued');
  });

  it.each([
    ['in its first header', (zip: Buffer) => flip(zip, 10)],
    ['in its middle', (zip: Buffer) => flip(zip, zip.length >> 1)],
    ['in its central directory', (zip: Buffer) => flip(zip, zip.lastIndexOf('PK\x01\x02') + 16)],
    ['in its last byte', (zip: Buffer) => flip(zip, zip.length - 1)],
    ['by being one byte too short', (zip: Buffer) => zip.subarray(0, -1)],
    ['by being half as long', (zip: Buffer) => zip.subarray(0, zip.length >> 1)],
    ['by being one byte too long', (zip: Buffer) => Buffer.concat([zip, Buffer.of(0)])],
  ])('finds a backup that differs %s, names it, and says what to do', async (_, damaged) => {
    const bad = disk('bad');
    const good = disk('good');
    const { say } = await startProduct(store(), { apps: [shop([bad, good])] });
    await say('/backup run shop');
    const key = archiveIn(bad.folder);
    writeFileSync(join(bad.folder, key), damaged(readFileSync(join(bad.folder, key))));

    const { reports, text } = await say('/backup verify shop');

    const verified = verifiedIn(reports);
    expect(verified).toMatchObject({
      outcome: 'differs',
      places: [
        { destination: 'bad', backups: [{ key, found: 'differs', problem: expect.stringContaining(key) }] },
        { destination: 'good', backups: [{ key, found: 'whole' }] },
      ],
    });
    expect(exitCodeOf(verified)).toBe(1);
    expect(text).toContain('✖ Verified shop: 1 copy not as stored, 1 copy whole');
    expect(text).toContain('A clean of shop neither counts what is damaged nor removes it');
    expect(text).toContain(`${key} is whole at good: copy it from there to bad`);
    expect(readdirSync(join(bad.folder, 'shop'))).toHaveLength(2);
  });

  it('asks for a new backup where no other copy is whole', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    await say('/backup run shop');
    truncateSync(join(target.folder, archiveIn(target.folder)), 0);

    const { text } = await say('/backup verify shop');

    expect(text).toContain('is whole nowhere that was read: run a backup now');
    expect(text).toContain('Back up now: /backup run shop');
  });

  it('reads some destinations, the newest of each kind or all, as it is asked', async () => {
    const near = disk('near');
    const { say } = await startProduct(store(), { apps: [shop([near, disk('far')])] });
    for (const words of ['run shop', 'run shop', 'run shop --only-files']) await say(words);

    const newest = verifiedIn((await say('/backup verify shop')).reports);
    const all = verifiedIn((await say('/backup verify shop --at near --all')).reports);

    expect(kindsRead(newest)).toEqual({ near: ['files', 'full'], far: ['files', 'full'] });
    expect(kindsRead(all)).toEqual({ near: ['files', 'full', 'full'] });
  });

  it('says what cannot be known, and does not call it whole', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    await say('/backup run shop');
    rmSync(join(target.folder, archiveIn(target.folder).replace(/zip$/, 'manifest.json')));

    const { reports, text } = await say('/backup verify shop');

    expect(verifiedIn(reports)).toMatchObject({
      outcome: 'unknown',
      places: [{ backups: [{ found: 'no-manifest' }] }],
    });
    expect(exitCodeOf(verifiedIn(reports))).toBe(1);
    expect(text).toContain('has no manifest at disk, so nobody knows what it should be');
  });

  it('is known by its id afterwards, and is no run to be retried', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });
    await say('/backup run shop');
    const { jobId } = verifiedIn((await say('/backup verify shop')).reports);

    const status = await say(`/backup status ${jobId}`);
    const late = await say(`/backup cancel ${jobId}`);
    const retried = await say(`/backup retry ${jobId}`);

    expect(status.reports).toMatchObject([{ kind: 'verified', jobId, outcome: 'whole' }]);
    expect(late.text).toContain('The verification of shop finished');
    expect(late.text).toContain('all is whole');
    expect(retried.text).toContain(`${jobId} is no backup`);
  });
});

describe('what was found when backups were read', () => {
  it('is shown in lists, by monitor and in the digest', async () => {
    const { say } = await startProduct(store(), { apps: [shop()] });
    await say('/backup run shop');
    const unread = await say('/backup list shop');

    await say('/backup verify shop');
    const list = await say('/backup list');
    const backups = await say('/backup list shop');
    const health = await say('/backup monitor');
    const digest = await say('/backup digest');

    expect(unread.text).not.toContain('verified');
    expect(backups.reports).toMatchObject([{ destinations: [{ backups: [{ last: { found: 'whole' } }] }] }]);
    expect(backups.text).toMatch(/whole, just now +shop\//);
    for (const { text } of [list, health, digest])
      expect(text).toContain('Last verified just now: 1 copy whole.');
  });

  it('stays visible while damage is there, until it is read whole or gone', async () => {
    const target = disk('disk');
    const { say } = await startProduct(store(), { apps: [shop([target])] });
    await say('/backup run shop');
    const archive = join(target.folder, archiveIn(target.folder));
    const whole = readFileSync(archive);
    truncateSync(archive, 0);
    await say('/backup verify shop');
    await say('/backup run shop');
    await say('/backup verify shop');

    const list = await say('/backup list');
    const backups = await say('/backup list shop');
    const ill = await say('/backup monitor');
    const digest = await say('/backup digest');
    writeFileSync(archive, whole);
    await say('/backup verify shop --all');
    const well = await say('/backup monitor');

    expect(list.text).toContain('Last verified just now: 1 copy not as stored, 1 copy whole.');
    expect(backups.text).toContain('✖ not as stored, just now');
    expect(ill.text).toContain('was not what was stored when it was read, just now.');
    expect(digest.text).toContain('✖ Digest: 1 of 1 app is not well: shop');
    expect(digest.text).toContain('was not what was stored when it was read');
    expect(well.text).toContain('All backups are as they should be');
    expect(well.text).toContain('Last verified just now: 2 copies whole.');
  });
});

it('what is damaged costs no whole backup when the app is cleaned', async () => {
  const target = disk('disk');
  const retention = shop().retention;
  const policy = RetentionPolicy.parse({ strategy: 'keepLast', keepLast: 1 });
  const app = { ...shop([target]), retention: { ...retention, policyAt: () => policy } };
  const { say } = await startProduct(store(), { apps: [app] });
  await say('/backup run shop');
  const whole = archiveIn(target.folder);
  await say('/backup run shop');
  const newest = archivesIn(target.folder).find((key) => key !== whole) ?? '';
  truncateSync(join(target.folder, newest), 0);
  await say('/backup verify shop');

  const plan = await say('/backup clean shop --dry-run');
  await say('/backup clean shop --yes');

  expect(plan.text).toContain('not as stored when it was read back, so it is not counted');
  expect(plan.text).toContain(`${newest} was not what was stored when it was read back.`);
  expect(archivesIn(target.folder).toSorted()).toEqual([whole, newest].toSorted());
});

it.each([
  ['damage', 'differs', (archive: string) => truncateSync(archive, 0)],
  ['what cannot be known', 'unknown', (archive: string) => rmSync(archive.replace(/zip$/, 'manifest.json'))],
])('channels that want failures hear of %s', async (_, outcome, spoil) => {
  const target = disk('disk');
  const chat = memoryPlatform('slack');
  const channels = [{ to: 'slack:C1', reports: ['failures' as const] }];
  const { say } = await startProduct(store(), { apps: [shop([target])], channels, platforms: [chat] });
  await say('/backup run shop');
  await say('/backup verify shop');
  spoil(join(target.folder, archiveIn(target.folder)));

  await say('/backup verify shop');
  const told = await chat.see(({ message }) => message.report?.kind === 'verified');

  expect(told.message.report).toMatchObject({ outcome });
});

it('nobody verifies who may not', async () => {
  const chat = memoryPlatform('slack');
  const access = [{ allow: ['run' as const, 'list' as const], who: ['slack:T1/U1'] }];
  await startProduct(store(), { apps: [shop()], platforms: [chat], access });

  await chat.type('verify shop', { id: 'slack:T1/U1', groups: [] }, 'C1');

  expect(chat.shown.at(-1)?.message.report).toMatchObject({ kind: 'refused', verb: 'verify', app: 'shop' });
});

/** A destination that never gives an archive, and what hears that somebody wants one. */
function unreadable(target: Destination) {
  const asked = gate();
  const read: Destination['read'] = (key, range) => {
    if (key.endsWith('.json')) return target.read(key, range);
    asked.open();
    return new Readable({ read: () => {} });
  };
  return { ...target, read, asked: asked.opened };
}

function flip(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

function archiveIn(folder: string): string {
  return archivesIn(folder)[0] ?? '';
}

function archivesIn(folder: string): string[] {
  return readdirSync(join(folder, 'shop'))
    .filter((each) => each.endsWith('.zip'))
    .map((name) => `shop/${name}`);
}

function verifiedIn(reports: readonly Report[]): VerifiedReport {
  const verified = reports.find((report) => report.kind === 'verified');
  if (verified === undefined) throw new Error(`Nothing was verified: ${JSON.stringify(reports)}`);
  return verified;
}

function kindsRead({ places }: VerifiedReport): Record<string, string[]> {
  const kinds = places.map((place) => [
    place.destination,
    place.reachable ? place.backups.map(({ backup }) => backup).toSorted() : [],
  ]);
  return Object.fromEntries(kinds);
}
