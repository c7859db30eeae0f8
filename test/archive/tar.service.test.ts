import { execFileSync } from 'node:child_process';
import { chownSync, linkSync, lstatSync, readFileSync, utimesSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/archive/archive.ts';
import { tarFormat } from '../../src/archive/tar.ts';
import { filesIn, makeFiles } from './file-tree.ts';
import { anyFileTree } from './file-tree-arbitrary.ts';
import { selecting } from './selecting.ts';
import { each, fileEntry } from './zipping.ts';

const pack = tarFormat({ compression: { level: 6 } });
const isRoot = process.getuid?.() === 0;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tar-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('what tar unpacks', () => {
  it('is what was there, whatever it was', async () => {
    let round = 0;
    const property = fc.asyncProperty(anyFileTree, async (tree) => {
      round += 1;
      const source = await newFolder(`round-${round}`);
      makeFiles(source, { ...tree, 'always.txt': '' });

      const unpacked = await thereAndBack(source);

      expect(filesIn(unpacked)).toEqual(filesIn(source));
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it('has its owners and exact moments', async () => {
    const source = await newFolder('owners');
    makeFiles(source, { 'theirs.txt': '1', link: { to: 'theirs.txt' } });
    if (isRoot) chownSync(join(source, 'theirs.txt'), 3_000_001, 3_000_002);
    utimesSync(join(source, 'theirs.txt'), 0, 1_000_000_001.25);

    const unpacked = await thereAndBack(source);

    const facts = (root: string) => {
      const { uid, gid, mtimeMs } = lstatSync(join(root, 'theirs.txt'));
      return { uid, gid, mtimeMs };
    };
    expect(facts(unpacked)).toEqual(facts(source));
    expect(facts(unpacked).mtimeMs).toBe(1_000_000_001_250);
  });

  it('is one file again where one file had two names', async () => {
    const source = await newFolder('links');
    makeFiles(source, { one: 'the content', 'folder/two': 'soon the same' });
    await rm(join(source, 'folder/two'));
    linkSync(join(source, 'one'), join(source, 'folder/two'));

    const unpacked = await thereAndBack(source);

    expect(lstatSync(join(unpacked, 'one')).ino).toBe(lstatSync(join(unpacked, 'folder/two')).ino);
    expect(readFileSync(join(unpacked, 'folder/two'), 'utf8')).toBe('the content');
  });

  it('holds a dump whose size nobody knew', async () => {
    const dump = Buffer.alloc(3_000_000, 'INSERT INTO shop ');

    const unpacked = await unpack('dump', await archiveOf(each([fileEntry('databases/shop.sql', dump)])));

    expect(readFileSync(join(unpacked, 'databases/shop.sql')).equals(dump)).toBe(true);
  });

  it.each([
    ['longer', 'hello world'],
    ['shorter', 'he'],
  ])('is whole also when a file became %s on the way', async (how, content) => {
    const changed = { ...fileEntry('a.log', content), sizeInBytes: 5 } as Entry;

    const unpacked = await unpack(how, await archiveOf(each([changed, fileEntry('b.log', 'next')])));

    expect(readFileSync(join(unpacked, 'a.log'), 'utf8')).toBe(content.slice(0, 5).padEnd(5, '\0'));
    expect(readFileSync(join(unpacked, 'b.log'), 'utf8')).toBe('next');
  });
});

function archiveOf(entries: AsyncIterable<Entry>): Promise<Buffer> {
  return buffer(pack(entries, { signal: new AbortController().signal }).stream);
}

async function thereAndBack(source: string): Promise<string> {
  const { entries } = selecting({ include: [source], relativeTo: source });
  return unpack(`${source.slice(folder.length + 1)}-unpacked`, await archiveOf(entries));
}

async function unpack(name: string, archive: Buffer): Promise<string> {
  const into = await newFolder(name);
  await writeFile(`${into}.tar.gz`, archive);
  execFileSync('tar', ['-xpzf', `${into}.tar.gz`, '-C', into, '--numeric-owner']);
  return into;
}

async function newFolder(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}
