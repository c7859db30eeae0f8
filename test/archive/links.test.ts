import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type FileTree, makeFiles } from './file-tree.ts';
import { namesOf, select } from './selecting.ts';

describe('links', () => {
  it('are kept as links', async () => {
    const root = rootWith({ 'a.txt': '1', link: { to: 'a.txt' }, nowhere: { to: '../not/there' } });

    const { entries, warnings } = await select({ include: [root], relativeTo: root });

    expect(entries.filter(({ kind }) => kind === 'link').toSorted(byName)).toMatchObject([
      { name: 'link', target: 'a.txt' },
      { name: 'nowhere', target: '../not/there' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('are followed where the selection says so', async () => {
    const root = rootWith({
      'there/a.txt': '1',
      'here/folder': { to: '../there' },
      'here/file': { to: '../there/a.txt' },
    });

    const { entries } = await select({ include: [join(root, 'here')], relativeTo: root, followLinks: true });

    expect(entries.map(({ kind, name }) => [kind, name]).toSorted()).toEqual([
      ['file', 'here/file'],
      ['file', 'here/folder/a.txt'],
      ['folder', 'here/folder'],
    ]);
  });

  it('that lead back to a folder they are in stay links', async () => {
    const root = rootWith({ 'a/b/up': { to: '../..' }, 'a/b/self': { to: '.' }, 'a/b/c.txt': '1' });

    const { entries, warnings } = await select({ include: [root], relativeTo: root, followLinks: true });

    expect(entries.map(({ kind, name }) => [kind, name]).toSorted()).toEqual([
      ['file', 'a/b/c.txt'],
      ['folder', 'a'],
      ['folder', 'a/b'],
      ['link', 'a/b/self'],
      ['link', 'a/b/up'],
    ]);
    expect(warnings).toContain(`Kept ${root}/a/b/up as a link: it leads back to a folder it is in.`);
  });

  it('that lead nowhere or in a circle stay links when others are followed', async () => {
    const root = rootWith({ nowhere: { to: 'not-there' }, one: { to: 'two' }, two: { to: 'one' } });

    const { entries, warnings } = await select({ include: [root], followLinks: true });

    expect(entries.map(({ kind }) => kind)).toEqual(['link', 'link', 'link']);
    expect(warnings).toContain(`Kept ${root}/nowhere as a link: what it points at is not there.`);
  });

  it('are followed when they are the included path itself', async () => {
    const root = rootWith({ 'releases/5/a.txt': '1', current: { to: 'releases/5' } });

    const names = await namesOf({ include: [join(root, 'current')], relativeTo: root });

    expect(names).toEqual(['current/a.txt']);
  });

  it('are not listed beside the contents they were included for', async () => {
    const root = rootWith({ 'releases/5/a.txt': '1', current: { to: 'releases/5' } });

    const names = await namesOf({ include: [root, join(root, 'current')], relativeTo: root });

    expect(names.toSorted()).toEqual(['current/a.txt', 'releases', 'releases/5', 'releases/5/a.txt']);
  });

  it('to an included file give the file', async () => {
    const root = rootWith({ 'a.txt': 'hello', link: { to: 'a.txt' } });

    const { entries } = await select({ include: [join(root, 'link')] });

    const content = entries[0]?.kind === 'file' ? await entries[0].open() : undefined;
    expect(String(await content?.toArray())).toBe('hello');
  });

  it('that lead to a folder in UTF-8 and a file in Latin-1 lead to that file in the archive', async () => {
    const folder = temporaryFolder();
    const target = Buffer.concat([Buffer.from('dé/'), Buffer.from('café.txt', 'latin1')]);
    mkdirSync(join(folder, 'dé'));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), target]), 'x');
    symlinkSync(target, join(folder, 'current'));

    const { entries, warnings } = await select({ include: [folder], relativeTo: folder });

    expect(entries.find(({ kind }) => kind === 'file')?.name).toBe('dé/café.txt');
    expect(entries.find(({ kind }) => kind === 'link')).toMatchObject({
      name: 'current',
      target: 'dé/café.txt',
    });
    expect(warnings).toContain(
      `The target of the link ${folder}/current is not UTF-8; the archive has it as if it were Latin-1.`,
    );
  });
});

function rootWith(tree: FileTree): string {
  const root = temporaryFolder();
  makeFiles(root, tree);
  return root;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
