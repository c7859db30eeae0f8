import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { AppName, BackupKind } from '../../src/domain/backup.ts';
import { archiveKey, backupKey, manifestKey, readBackupKey } from '../../src/domain/backup-key.ts';

const takenAt = DateTime.fromISO('2026-11-22T03:15:00Z', { zone: 'utc' });

describe('the key of a backup', () => {
  it.each([
    ['full', 'shop/2026-11-22-03-15-00.zip'],
    ['db', 'shop/2026-11-22-03-15-00.db.zip'],
    ['files', 'shop/2026-11-22-03-15-00.files.zip'],
  ] as const)('says what a %s one holds', (kind, key) => {
    expect(backupKey({ app: 'shop', kind, takenAt })).toBe(key);
  });

  it('ends in the format of the archive', () => {
    expect(backupKey({ app: 'shop', kind: 'db', takenAt }, 'tar.gz')).toBe(
      'shop/2026-11-22-03-15-00.db.tar.gz',
    );
  });

  it('is in UTC, wherever the clock stands', () => {
    const there = takenAt.setZone('Pacific/Auckland');

    expect(backupKey({ app: 'shop', kind: 'full', takenAt: there })).toBe('shop/2026-11-22-03-15-00.zip');
  });

  it('reads back as the same app, kind and second', () => {
    const app = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    const kind = fc.constantFrom(...BackupKind.options);
    const second = fc.integer({ min: 0, max: 253_402_300_799 });
    const extension = fc.constantFrom('zip', 'tar.gz');
    fc.assert(
      fc.property(app, kind, second, extension, (name, of, at, ending) => {
        const identity = { app: name, kind: of, takenAt: DateTime.fromSeconds(at, { zone: 'utc' }) };

        expect(readBackupKey(backupKey(identity, ending))).toEqual(identity);
      }),
    );
  });

  it('is written back as it was read, whatever the digits in it', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(fc.array(two, { minLength: 7, maxLength: 7 }), ([century, year, ...rest]) => {
        const key = `shop/${century}${[year, ...rest].join('-')}.zip`;
        const identity = readBackupKey(key);

        expect(identity === undefined ? key : backupKey(identity)).toBe(key);
      }),
      { examples: [[['20', '26', '11', '22', '24', '00', '00']]], numRuns: 2000 },
    );
  });

  it.each([
    'shop/2026-11-22-03-15-00.manifest.json',
    'shop/2026-11-22-03-15-00.zip.partial',
    'shop/2026-11-22-03-15-00.sql.zip',
    'shop/2026-11-22-03-15-00.tar',
    'shop/2026-11-22-03-15-00.tar.gz.manifest.json',
    'shop/2026-02-30-03-15-00.zip',
    'shop/2026-11-22-25-15-00.zip',
    'shop/2026-11-22-24-00-00.zip',
    'shop/2026-11-22-23-59-60.zip',
    'shop/2026-11-22.zip',
    'shop/2026-11-22-03-15-00.zip\n',
    'shop/old/2026-11-22-03-15-00.zip',
    '/2026-11-22-03-15-00.zip',
    '../2026-11-22-03-15-00.zip',
    '.shop/2026-11-22-03-15-00.zip',
    '2026-11-22-03-15-00.zip',
    'shop/',
    '',
  ])('is not %j, which is therefore never touched', (key) => {
    expect(readBackupKey(key)).toBeUndefined();
  });

  it.each([
    ['shop/2026-11-22-03-15-00.db.zip', 'shop/2026-11-22-03-15-00.db.manifest.json'],
    ['shop/2026-11-22-03-15-00.tar.gz', 'shop/2026-11-22-03-15-00.tar.gz.manifest.json'],
  ])('%s has its manifest beside it', (key, manifest) => {
    expect(manifestKey(key)).toBe(manifest);
    expect(archiveKey(manifest)).toBe(key);
  });

  it.each([
    'shop/2026-11-22-03-15-00.zip',
    'shop/x.manifest.json',
    'shop/.manifest.json',
    'shop/2026-11-22-03-15-00.zip.manifest.json',
    'manifest.json',
  ])('has no manifest called %j', (name) => {
    expect(archiveKey(name)).toBeUndefined();
  });
});

describe('the name of an app', () => {
  it.each(['shop', 'Shop_2.eu-west', '7'])('may be %j', (name) => {
    expect(AppName.safeParse(name).success).toBe(true);
  });

  it.each(['', '.', '..', '-rf', '_x', 'a/b', 'a b', 'é', 'shop\n', 'x'.repeat(65)])(
    'may not be %j',
    (name) => {
      expect(AppName.safeParse(name).success).toBe(false);
    },
  );
});
