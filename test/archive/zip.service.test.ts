import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lchownSync, lstatSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipFormat } from '../../src/archive/zip.ts';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { filesIn, makeFiles } from './file-tree.ts';
import { anyFileTree } from './file-tree-arbitrary.ts';
import { type Listed, waysToList } from './list-zip.ts';
import { waysToOpen } from './open-zip.ts';
import { selecting } from './selecting.ts';
import { type Unpack, unzip, unzipWithOwners, waysToUnpack } from './unpack-zip.ts';
import { all, fileEntry, writeZip, zips } from './zipping.ts';

const megabyte = 1024 * 1024;

/** Some programs take a while to read 4 GiB. */
const minutes = { timeout: 600_000 };

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

describe('what was there, whatever it was', () => {
  it.each(waysToUnpack)('is what %s unpacks', async (name, unpack, kept, rounds) => {
    await onAnyTree(name, rounds, async (source) => {
      const unpacked = await thereAndBack(source, unpack);

      expect(filesIn(unpacked).map(kept)).toEqual(filesIn(source).map(kept));
    });
  });

  it.each(waysToList)('is what %s reads', async (name, list) => {
    await onAnyTree(name, 5, async (source) => {
      const listed = await list(await zipOf(source), programs);

      expect(listed.toSorted(byName)).toEqual(filesIn(source).map(asListed).toSorted(byName));
    });
  });

  it('is whole in the eyes of libzip', async () => {
    await onAnyTree('libzip', 10, async (source) => {
      fc.pre(!filesIn(source).some(({ name }) => isOddToLibzip(String(name))));
      const archive = await zipOf(source);

      // With itself, which reads and checks every entry.
      await execa(programs('zipcmp'), ['-t', archive, archive]);
    });
  });
});

describe.each(zips)('what was compressed at level %s', (level, zip) => {
  it.each(waysToUnpack.filter(([, , , , levels]) => levels.includes(level)))(
    'is what %s unpacks, also of files and dumps that are large',
    async (name, unpack) => {
      const source = await newFolder(`large-${name}-${level}`);
      const words = Buffer.from('Databases and files into one plain zip. '.repeat(200_000));
      const large = Buffer.concat([words, randomBytes(3 * megabyte), words]);
      makeFiles(source, { 'small.txt': 'small' });
      writeFileSync(join(source, 'large.bin'), large);
      const archive = join(folder, `large-${name}-${level}.zip`);
      const { entries } = selecting({ include: [source], relativeTo: source });

      await writeZip(archive, all(entries, fileEntry('dump.sql', [large, words])), zip);
      const unpacked = await unpackedBy(unpack, archive);

      expect(readFileSync(join(unpacked, 'small.txt'), 'utf8')).toBe('small');
      expect(readFileSync(join(unpacked, 'large.bin')).equals(large)).toBe(true);
      expect(readFileSync(join(unpacked, 'dump.sql')).equals(Buffer.concat([large, words]))).toBe(true);
    },
  );
});

describe('what unzip unpacks', () => {
  it('has the permissions and times it had, in whatever zone it is unpacked', async () => {
    const source = await newFolder('facts');
    makeFiles(source, { 'run.sh': '1', 'folder/secret.txt': '2' });
    chmodSync(join(source, 'run.sh'), 0o4750);
    chmodSync(join(source, 'folder/secret.txt'), 0o400);
    chmodSync(join(source, 'folder'), 0o700);
    for (const { name } of filesIn(source)) utimesSync(join(source, String(name)), 0, 1_000_000_001.9997);

    const unpacked = await thereAndBack(source, unzip, 'Pacific/Auckland');

    expect(filesIn(unpacked)).toMatchObject([
      { name: 'folder', mode: 0o700, modified: 1_000_000_001 },
      { name: 'folder/secret.txt', mode: 0o400, modified: 1_000_000_001 },
      { name: 'run.sh', mode: 0o4750, modified: 1_000_000_001 },
    ]);
  });
});

describe('what unzip -X unpacks', () => {
  it.each([
    { uid: 33, gid: 34 },
    { uid: 3_000_001, gid: 4_294_967_294 },
  ])('has its owners: $uid and $gid', async ({ uid, gid }) => {
    const source = await newFolder(`owners-${uid}`);
    makeFiles(source, {
      'folder/theirs.txt': '1',
      large: randomBytes(3 * megabyte).toString('hex'),
      link: { to: 'large' },
    });
    const places = ['folder', 'folder/theirs.txt', 'large', 'link'];
    // Only root may give a file away; for anybody else it stays their own.
    if (isRoot) for (const place of places) lchownSync(join(source, place), uid, gid);
    const archive = await zipOf(source);

    const unpacked = await unpackedBy(unzipWithOwners, archive);

    const owners = places.map((place) => ownerOf(join(source, place)));
    expect(places.map((place) => ownerOf(join(unpacked, place)))).toEqual(owners);
    expect(await ownersInDirectory(archive)).toEqual(owners.map(asExtraField));
  });
});

describe.each(waysToOpen)('%s', (_, open) => {
  it('opens an archive of 70,000 entries', async () => {
    const contents = await open(many, programs);

    expect(contents).toEqual({ entries: 70_000, sizeInBytes: 70_000 });
  });

  it(
    'opens an archive with an entry of more than 4 GiB, and one that begins beyond that',
    minutes,
    async () => {
      const contents = await open(large, programs);

      expect(contents).toEqual({ entries: 3, sizeInBytes: 4200 * megabyte + 10 });
    },
  );
});

async function archiveWithManyEntries(): Promise<string> {
  const path = join(folder, 'many.zip');
  await writeZip(
    path,
    times(70_000, (i) => fileEntry(`folder-${i % 100}/file-${i}`, 'x')),
  );
  return path;
}

/** Not compressed, so that what comes after the entry begins beyond 4 GiB, too. */
async function archiveWithLargeEntry(): Promise<string> {
  const path = join(folder, 'large.zip');
  const zeros = Buffer.alloc(megabyte);
  const entries = [
    fileEntry('first.txt', 'first'),
    fileEntry(
      'large.sql',
      times(4200, () => zeros),
    ),
    fileEntry('last.txt', 'last!'),
  ];
  await writeZip(path, entries, zipFormat({ compression: { level: 0 }, threads: 2 }));
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

/** Calls `check` with folders of every sort; a failure names the smallest that fails. */
async function onAnyTree(
  name: string,
  rounds: number,
  check: (source: string) => Promise<void>,
): Promise<void> {
  let round = 0;
  const property = fc.asyncProperty(anyFileTree, async (tree) => {
    round += 1;
    const source = await newFolder(`${name}-${round}`);
    makeFiles(source, { ...tree, 'always.txt': '' });
    await check(source);
  });
  // Looking for the smallest can take longer than a test may: what was found until then is told.
  await fc.assert(property, {
    numRuns: rounds,
    interruptAfterTimeLimit: 90_000,
    markInterruptAsFailure: true,
  });
}

async function zipOf(source: string): Promise<string> {
  const archive = `${source}.zip`;
  await writeZip(archive, selecting({ include: [source], relativeTo: source }).entries);
  return archive;
}

/** A folder, zipped and unpacked again. */
async function thereAndBack(source: string, unpack: Unpack, TZ = 'UTC'): Promise<string> {
  return unpackedBy(unpack, await zipOf(source), TZ);
}

async function unpackedBy(unpack: Unpack, archive: string, TZ = 'UTC'): Promise<string> {
  const unpacked = await newFolder(`${basename(archive, '.zip')}-unpacked`);
  const [program, ...args] = unpack(archive, unpacked);
  await execa(programs(program), args, { cwd: unpacked, env: { TZ, LC_ALL: 'C.UTF-8' }, stdin: 'ignore' });
  return unpacked;
}

const isRoot = process.getuid?.() === 0;

function ownerOf(path: string) {
  const { uid, gid } = lstatSync(path);
  return { uid, gid };
}

/** As zipinfo shows it: `unzip -X` reads what stands before the content, and this what is in the directory. */
async function ownersInDirectory(archive: string): Promise<string[]> {
  const { stdout } = await execa(programs('unzip'), ['-Z', '-v', archive]);
  return [...stdout.matchAll(/ID 0x7875 .*:\n\s+([0-9a-f ]+)\./g)].map(([, bytes = '']) => bytes);
}

/** https://libzip.org/specifications/extrafld.txt, "Info-ZIP New Unix Extra Field" */
function asExtraField({ uid, gid }: ReturnType<typeof ownerOf>): string {
  return ['01', '04', ...littleEndian(uid), '04', ...littleEndian(gid)].join(' ');
}

function littleEndian(number: number): string[] {
  return [0, 8, 16, 24].map((shift) => ((number >>> shift) & 0xff).toString(16).padStart(2, '0'));
}

/** libzip 1.7 takes a name for no UTF-8 when it has control characters, and refuses the archive if it is said to be. */
function isOddToLibzip(name: string): boolean {
  return /[^\x00-\x7f]/.test(name) && /[\x00-\x1f]/.test(name);
}

/** As a library lists it. */
function asListed(file: ReturnType<typeof filesIn>[number]): Listed {
  const name = file.kind === 'folder' ? `${file.name}/` : String(file.name);
  const content =
    file.kind === 'link'
      ? Buffer.from(String(file.target))
      : Buffer.from(String(file.content ?? ''), 'base64');
  return { name, sha256: createHash('sha256').update(content).digest('hex'), sizeInBytes: content.length };
}

function byName(a: Listed, b: Listed): number {
  return a.name < b.name ? -1 : 1;
}
