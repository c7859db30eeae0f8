import { execFile } from 'node:child_process';
import { chmodSync, utimesSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { filesIn, makeFiles } from './file-tree.ts';
import { anyFileTree } from './file-tree-arbitrary.ts';
import { waysToOpen } from './open-zip.ts';
import { selecting } from './selecting.ts';
import { fileEntry, writeZip } from './zipping.ts';

const megabyte = 1024 * 1024;

let programs: Programs;
let folder: string;
let many: string;
let large: string;

beforeAll(async () => {
  programs = await zipPrograms();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-zip-'));
  [many, large] = await Promise.all([archiveWithManyEntries(), archiveWithLargeEntry()]);
});

afterAll(() => rm(folder, { recursive: true }));

describe('what unzip unpacks', () => {
  // -K keeps setuid bits, -^ keeps control characters in names.
  const options = ['-K', '-^'];

  it('is what was there, whatever it was', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(anyFileTree, async (tree) => {
        round += 1;
        const source = await newFolder(`round-${round}`);
        makeFiles(source, { ...tree, 'always.txt': '' });

        const unpacked = await thereAndBack(source, options);

        expect(filesIn(unpacked)).toEqual(filesIn(source));
      }),
      { numRuns: 60 },
    );
  });

  it('has the permissions and times it had, in whatever zone it is unpacked', async () => {
    const source = await newFolder('facts');
    makeFiles(source, { 'run.sh': '1', 'folder/secret.txt': '2' });
    chmodSync(join(source, 'run.sh'), 0o4750);
    chmodSync(join(source, 'folder/secret.txt'), 0o400);
    chmodSync(join(source, 'folder'), 0o700);
    for (const { name } of filesIn(source)) utimesSync(join(source, String(name)), 0, 1_000_000_001);

    const unpacked = await thereAndBack(source, options, 'Pacific/Auckland');

    expect(filesIn(unpacked)).toMatchObject([
      { name: 'folder', mode: 0o700, modified: 1_000_000_001 },
      { name: 'folder/secret.txt', mode: 0o400, modified: 1_000_000_001 },
      { name: 'run.sh', mode: 0o4750, modified: 1_000_000_001 },
    ]);
  });
});

describe.each(waysToOpen)('%s', (_, open) => {
  it('opens an archive of 70,000 entries', async () => {
    const contents = await open(many, programs);

    expect(contents).toEqual({ entries: 70_000, sizeInBytes: 70_000 });
  });

  it('opens an archive with an entry of more than 4 GiB, and what comes after it', async () => {
    const contents = await open(large, programs);

    expect(contents).toEqual({ entries: 3, sizeInBytes: 4200 * megabyte + 10 });
  });
});

async function archiveWithManyEntries(): Promise<string> {
  const path = join(folder, 'many.zip');
  await writeZip(
    path,
    times(70_000, (i) => fileEntry(`folder-${i % 100}/file-${i}`, 'x')),
  );
  return path;
}

async function archiveWithLargeEntry(): Promise<string> {
  const path = join(folder, 'large.zip');
  const zeros = Buffer.alloc(megabyte);
  await writeZip(path, [
    fileEntry('first.txt', 'first'),
    fileEntry(
      'large.sql',
      times(4200, () => zeros),
    ),
    fileEntry('last.txt', 'last!'),
  ]);
  return path;
}

function* times<T>(count: number, make: (i: number) => T): Generator<T> {
  for (let i = 0; i < count; i++) yield make(i);
}

async function newFolder(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}

/** A folder, zipped and unpacked again. */
async function thereAndBack(source: string, options: readonly string[], TZ = 'UTC'): Promise<string> {
  const archive = `${source}.zip`;
  await writeZip(archive, selecting({ include: [source], relativeTo: source }).entries);
  const unpacked = `${source}-unpacked`;
  await promisify(execFile)(programs('unzip'), ['-q', ...options, archive, '-d', unpacked], {
    env: { ...process.env, TZ, LC_ALL: 'C.UTF-8' },
  });
  return unpacked;
}
