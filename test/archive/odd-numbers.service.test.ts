import { chownSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { packed, tarGz, zip } from './packed.ts';

const isRoot = process.getuid?.() === 0;

/** By what the numbers of a tar and a zip have room for. */
const dates = [
  '1901-12-20',
  '1969-06-15',
  '1975-02-03',
  '2026-11-27',
  '2040-05-06',
  '2106-03-04',
  '2150-07-08',
];
const noonOf = (date: string) => new Date(`${date}T12:00:00Z`);

let programs: Programs;

beforeAll(async () => {
  programs = await zipPrograms();
});

describe('numbers that do not fit their field', () => {
  it.each([
    ['GNU tar', 'tar', ['-xpzf']],
    ['bsdtar', 'bsdtar', ['-xpzf']],
    [
      'Python',
      'python3',
      ['-c', 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(numeric_owner=True)'],
    ],
  ])('come out of a tar.gz as they were, by %s', async (_, program, args) => {
    const source = madeFiles();
    const { archive, warnings } = await packed(tarGz, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    await execa(programs(program), [...args, archive], { cwd: into });

    expect(dates.map((date) => statSync(join(into, date)).mtimeMs)).toEqual(
      dates.map((date) => noonOf(date).getTime()),
    );
    if (isRoot)
      expect(statSync(join(into, 'theirs'))).toMatchObject({ uid: 4_000_000_000, gid: 3_000_000_000 });
    expect(warnings).toEqual([]);
  });

  it('lose no file in a tar.gz by busybox, which reads nothing but the fields', async () => {
    const source = madeFiles();
    const { archive } = await packed(tarGz, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    await execa(programs('busybox'), ['tar', '-xzf', archive], { cwd: into });

    const year = (date: string) => statSync(join(into, date)).mtime.getUTCFullYear();
    expect(dates.map(year)).toEqual([1970, 1970, 1975, 2026, 2038, 2038, 2038]);
  });

  it.each([
    ['unzip', ['-q']],
    ['7z', ['x', '-y']],
    ['bsdtar', ['-xpf']],
  ])('come out of a zip as near as it has room for, with a note, by %s', async (program, args) => {
    const source = madeFiles();
    const { archive, warnings } = await packed(zip, { include: [source], relativeTo: source });
    const into = temporaryFolder();

    await execa(programs(program), [...args, archive], { cwd: into, env: { TZ: 'UTC' } });

    const year = (date: string) => statSync(join(into, date)).mtime.getUTCFullYear();
    expect(dates.slice(0, 6).map(year)).toEqual([1980, 1980, 1975, 2026, 2040, 2106]);
    expect([2107, 2108]).toContain(year('2150-07-08'));
    expect(warnings.map((warning) => /, (\d{4}-\d\d-\d\d):/.exec(warning)?.[1]).toSorted()).toEqual([
      '1901-12-20',
      '1969-06-15',
      '2150-07-08',
    ]);
  });
});

function madeFiles(): string {
  const source = temporaryFolder();
  for (const date of dates) {
    writeFileSync(join(source, date), date);
    utimesSync(join(source, date), noonOf(date), noonOf(date));
  }
  writeFileSync(join(source, 'theirs'), '');
  if (isRoot) chownSync(join(source, 'theirs'), 4_000_000_000, 3_000_000_000);
  return source;
}
