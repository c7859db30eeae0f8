import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type FileTree, makeFiles } from './file-tree.ts';
import { namesOf, select } from './selecting.ts';

interface Case {
  readonly id: string;
  readonly title: string;
  readonly extra_tree: readonly { readonly path: string; readonly type: string }[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly follow_links: boolean;
  readonly expected: readonly string[];
}

const vectors = JSON.parse(readFileSync('test/vectors/file-selection.json', 'utf8')) as {
  readonly base_tree: Case['extra_tree'];
  readonly cases: readonly Case[];
};

describe('selecting files', () => {
  it.each(vectors.cases)('$id: $title', async ({ include, exclude, extra_tree, expected, follow_links }) => {
    const root = temporaryFolder();
    const at = (path: string) => path.replace('$ROOT', root);
    for (const { path, type } of [...vectors.base_tree, ...extra_tree]) {
      makeFiles(root, { [path]: type === 'dir' ? null : path });
    }

    const names = await namesOf({
      include: include.map(at),
      exclude: exclude.map(at),
      followLinks: follow_links,
      relativeTo: root,
    });

    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  it('names files by their absolute path, without the slash an archive must not have', async () => {
    const root = rootWith({ 'a.txt': '1' });

    const names = await namesOf({ include: [root] });

    expect(names).toEqual([join(root, 'a.txt').slice(1)]);
  });

  it('names what is not beneath relativeTo by its absolute path', async () => {
    const root = rootWith({ 'shop/a.txt': '1', 'shop-config/b.txt': '2' });

    const names = await namesOf({
      include: [join(root, 'shop'), join(root, 'shop-config')],
      relativeTo: `${root}/shop/`,
    });

    expect(names).toEqual(['a.txt', join(root, 'shop-config/b.txt').slice(1)]);
  });

  it('puts nothing beneath a link, where two included paths meet in the archive', async () => {
    const root = rootWith({ 'shop/a.txt': '1', 'etc/b.txt': '2' });
    symlinkSync('/nowhere', join(root, 'shop', root.split('/')[1] ?? ''));
    const include = [join(root, 'shop'), join(root, 'etc')];

    const { entries, warnings } = await select({ include, relativeTo: join(root, 'shop') });

    const top = root.split('/')[1];
    const link = entries.find(({ kind }) => kind === 'link');
    const below = entries.find(({ name }) => name.endsWith('b.txt'));
    expect([link?.name, below?.name.split('/')[0]].toSorted()).toEqual([top, `${top} (2)`]);
    expect(warnings).toEqual([expect.stringContaining(`"${top}" is the name of another entry`)]);
  });

  it('keeps two files of two included paths that have one name in the archive', async () => {
    const root = rootWith({ 'a.txt': 'outer' });
    const inner = join(root, 'inner');
    makeFiles(root, { [`inner/${root.slice(1)}/a.txt`]: 'inner' });

    const { entries } = await select({ include: [inner, join(root, 'a.txt')], relativeTo: inner });

    const files = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
    expect(files.toSorted()).toEqual([`${root.slice(1)}/a (2).txt`, `${root.slice(1)}/a.txt`]);
  });

  it('takes an included path although another one, in Latin-1, is read like it', async () => {
    const root = rootWith({ 'caf\u00e9/new.txt': '1' });
    const old = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
    mkdirSync(old);
    writeFileSync(Buffer.concat([old, Buffer.from('/old.txt')]), '2');

    const names = await namesOf({ include: [root, join(root, 'caf\u00e9')], relativeTo: root });

    expect(names.filter((name) => name.endsWith('.txt'))).toHaveLength(2);
  });

  it('gives permissions, size and the moment of modification', async () => {
    const root = rootWith({ 'a.txt': 'hello' });

    const [entry] = (await select({ include: [root] })).entries;

    expect(entry).toMatchObject({ kind: 'file', mode: 0o644, sizeInBytes: 5, modifiedAt: expect.any(Date) });
  });

  it('lists a file once, however many included paths lead to it', async () => {
    const root = rootWith({ 'a/b/c.txt': '1', 'a/d.txt': '2' });

    const names = await namesOf({
      include: [join(root, 'a/b'), join(root, 'a'), root, `${root}/`, join(root, 'a/b/c.txt')],
      relativeTo: root,
    });

    expect(names.toSorted()).toEqual(['a', 'a/b', 'a/b/c.txt', 'a/d.txt']);
  });

  it('takes a path that is included by name although a folder above it is left out by name', async () => {
    const root = rootWith({ 'vendor/ours/a.txt': '1', 'vendor/other/b.txt': '2' });

    const names = await namesOf({
      include: [root, join(root, 'vendor/ours')],
      exclude: ['vendor'],
      relativeTo: root,
    });

    expect(names).toEqual(['vendor/ours/a.txt']);
  });

  it('keeps names with spaces, accents, emoji, backslashes and line breaks', async () => {
    const odd = ['a b', 'é', '🎉', 'back\\slash', 'two\nlines', '-rf', '*', ' '];
    const root = rootWith(Object.fromEntries(odd.map((name) => [name, name])));

    const names = await namesOf({ include: [root], relativeTo: root });

    expect(names.toSorted()).toEqual(odd.toSorted());
  });

  it('stops when it is told to', async () => {
    const root = rootWith({ 'a.txt': '1' });

    const selecting = select({ include: [root] }, AbortSignal.abort(new Error('Enough.')));

    await expect(selecting).rejects.toThrow('Enough.');
  });
});

function rootWith(tree: FileTree): string {
  const root = temporaryFolder();
  makeFiles(root, tree);
  return root;
}
