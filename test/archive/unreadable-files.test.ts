import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkFileSelection } from '../../src/archive/check-file-selection.ts';
import { FileSelection } from '../../src/archive/file-selection.ts';
import { FileSelectionError } from '../../src/archive/file-selection-error.ts';
import { asOrdinaryUser } from '../support/ordinary-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type FileTree, makeFiles } from './file-tree.ts';
import { namesOf, onlyFile, type Selection, select } from './selecting.ts';

describe('an included path', () => {
  it('that is mistyped fails the run, and every one is named', async () => {
    const root = rootWith({ 'file.txt': '1' });
    const check = checked({ include: [root, `${root}/shpo`, `${root}/file.txt/x`] });

    await expect(check).rejects.toThrow(FileSelectionError);
    await expect(check).rejects.toThrow(
      `Could not read ${root}/shpo: no such file or directory (ENOENT), ` +
        `${root}/file.txt/x: not a directory (ENOTDIR). ` +
        'Correct "include", or let the user that runs Holdfast read it.',
    );
  });

  it('fails the selection itself, too', async () => {
    const root = temporaryFolder();

    await expect(namesOf({ include: [`${root}/shpo`] })).rejects.toThrow(`Could not read ${root}/shpo`);
  });

  it('that may not be read fails the run', async () => {
    const root = rootWith({ 'secret/a.txt': '1' });
    chmodSync(join(root, 'secret'), 0);

    await expect(asOrdinaryUser(() => checked({ include: [join(root, 'secret')] }))).rejects.toThrow(
      `Could not read ${root}/secret: permission denied (EACCES).`,
    );
  });

  it('that may not be read is no failure when that is to be ignored', async () => {
    const root = rootWith({ 'secret/a.txt': '1' });
    chmodSync(join(root, 'secret'), 0);
    const selection = { include: [join(root, 'secret')], ignoreUnreadable: true };

    const { entries, warnings } = await asOrdinaryUser(() => select(selection));

    expect(entries).toEqual([]);
    expect(warnings).toEqual([`Left out ${root}/secret: permission denied (EACCES).`]);
  });

  it('has to be absolute', () => {
    const parsed = FileSelection.safeParse({ include: ['srv/shop'] });

    expect(parsed.error?.issues).toMatchObject([
      { path: ['include', 0], message: 'Must be an absolute path, such as /srv/shop.' },
    ]);
  });
});

describe('what may not be read', () => {
  it('fails the run when it is a folder', async () => {
    const root = rootWith({ 'secret/a.txt': '1' });
    chmodSync(join(root, 'secret'), 0);

    await expect(asOrdinaryUser(() => namesOf({ include: [root] }))).rejects.toThrow(
      `Could not read ${root}/secret: permission denied (EACCES). ` +
        'Let the user that runs Holdfast read it, exclude it, or set ignoreUnreadable.',
    );
  });

  it('fails the run when it is a file', async () => {
    const root = rootWith({ 'secret.txt': '1' });
    chmodSync(join(root, 'secret.txt'), 0);
    const { entry } = await onlyFile({ include: [root] });

    await expect(asOrdinaryUser(() => entry.open())).rejects.toThrow(FileSelectionError);
  });

  it('is left out with a warning when the selection says so', async () => {
    const root = rootWith({ 'secret.txt': '1' });
    chmodSync(join(root, 'secret.txt'), 0);
    const { entry, warnings } = await onlyFile({ include: [root], ignoreUnreadable: true });

    const content = await asOrdinaryUser(() => entry.open());

    expect(content).toBeUndefined();
    expect(warnings).toEqual([`Left out ${root}/secret.txt: permission denied (EACCES).`]);
  });

  it('does no harm in an excluded folder, which is never entered', async () => {
    const root = rootWith({ 'cache/secret/a.txt': '1', 'a.txt': '2' });
    chmodSync(join(root, 'cache'), 0);

    const names = await asOrdinaryUser(() =>
      namesOf({ include: [root], exclude: ['cache'], relativeTo: root }),
    );

    expect(names).toEqual(['a.txt']);
  });
});

describe('what has no content', () => {
  it('is left out with a warning', async () => {
    const root = rootWith({ 'a.txt': '1' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await listeningOn(join(root, 'socket'));

    const { entries, warnings } = await select({ include: [root], relativeTo: root });

    expect(entries.map(({ name }) => name)).toEqual(['a.txt']);
    expect(warnings.toSorted()).toEqual([
      `Left out ${root}/pipe: it is a pipe, which has no content to keep.`,
      `Left out ${root}/socket: it is a socket, which has no content to keep.`,
    ]);
  });

  it('is counted where there is much of it, so that the report stays short', async () => {
    const root = temporaryFolder();
    execFileSync(
      'mkfifo',
      Array.from({ length: 1214 }, (_, i) => join(root, `pipe-${i}`)),
    );

    const { warnings } = await select({ include: [root] });

    expect(warnings).toHaveLength(11);
    expect(warnings.at(-1)).toBe('And 1,204 more sockets, pipes and devices.');
  });
});

describe('a name that is not UTF-8', () => {
  it('does not lose the file', async () => {
    const root = temporaryFolder();
    const latin1 = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
    writeFileSync(latin1, 'hello');

    const { entry, warnings } = await onlyFile({ include: [root], relativeTo: root });
    const content = await (await entry.open())?.toArray();

    expect(entry.name).toBe('café');
    expect(String(content)).toBe('hello');
    expect(warnings).toEqual([
      `The name of ${root}/café is not UTF-8; the archive has it as if it were Latin-1.`,
    ]);
  });
});

describe('a path that is longer than the system takes', () => {
  const name = 'd'.repeat(200);

  it('fails the run in a sentence that fits the screen', async () => {
    const reading = select({ include: [deepFolder()] });

    await expect(reading).rejects.toThrow(/The system takes paths of up to 4,096 bytes. Exclude it, or set/);
    await expect(reading).rejects.toThrow(/^Could not read .{100} … d{100}: name too long/);
  });

  it('is left out where the selection ignores that, and all above is kept', async () => {
    const root = deepFolder();

    const { entries, warnings } = await select({ include: [root], relativeTo: root, ignoreUnreadable: true });

    expect(entries.length).toBeGreaterThan(15);
    expect(warnings).toEqual([expect.stringMatching(/^Left out .*: name too long/)]);
  });

  function deepFolder(): string {
    const root = temporaryFolder();
    // Node removes by whole paths.
    onTestFinished(() => void execFileSync('rm', ['-rf', join(root, name)]));
    execFileSync('sh', ['-c', `for i in $(seq 30); do mkdir ${name} && cd -P ${name} || exit; done`], {
      cwd: root,
    });
    return root;
  }
});

function checked(selection: Selection): Promise<void> {
  return checkFileSelection(FileSelection.parse(selection));
}

function rootWith(tree: FileTree): string {
  const root = temporaryFolder();
  makeFiles(root, tree);
  return root;
}

async function listeningOn(path: string): Promise<void> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
}
