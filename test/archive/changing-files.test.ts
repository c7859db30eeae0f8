import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeFiles } from './file-tree.ts';
import { onlyFile, selecting } from './selecting.ts';

const megabyte = 'x'.repeat(1024 * 1024);

describe('a file that changes while it is read', () => {
  it('is left out with a warning when it is gone by its turn', async () => {
    const { path, entry, warnings } = await seen('hello');
    rmSync(path);

    const content = await entry.open();

    expect(content).toBeUndefined();
    expect(warnings).toEqual([`Left out ${path}: it was gone before it could be read.`]);
  });

  it.each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a link', (path: string) => symlinkSync('/etc/hostname', path)],
  ])('is left out with a warning when it has become %s', async (_, replace) => {
    const { path, entry, warnings } = await seen('hello');
    rmSync(path);
    replace(path);

    const content = await entry.open();

    expect(content).toBeUndefined();
    expect(warnings).toEqual([`Left out ${path}: it was gone before it could be read.`]);
  });

  it('is kept as far as it went when it becomes shorter', async () => {
    const { path, entry, warnings } = await seen(megabyte);
    const content = await opened(entry);
    truncateSync(path, 1000);

    const read = await text(content);

    expect(read).toBe(megabyte.slice(0, 1000));
    expect(warnings).toEqual([
      `${path} became shorter while it was read; the backup holds 1,000 bytes of it.`,
    ]);
  });

  it('is kept as it was when it grows, so that a busy log comes to an end', async () => {
    const { path, entry, warnings } = await seen('hello');
    const content = await opened(entry);
    appendFileSync(path, ' world');

    const read = await text(content);

    expect(read).toBe('hello');
    expect(warnings).toEqual([`${path} grew while it was read; the backup holds its first 5 bytes.`]);
  });

  it('is told about when it was written to without changing its size', async () => {
    const { path, entry, warnings } = await seen(megabyte);
    const content = await opened(entry);
    writeFileSync(path, 'y', { flag: 'r+' });
    utimesSync(path, 0, 0);

    await text(content);

    expect(warnings).toEqual([`${path} was written to while it was read; the backup may mix both versions.`]);
  });

  it('is no reason for a warning when it was removed after it was opened', async () => {
    const { path, entry, warnings } = await seen('hello');
    const content = await opened(entry);
    rmSync(path);

    const read = await text(content);

    expect(read).toBe('hello');
    expect(warnings).toEqual([]);
  });
});

describe('a folder that changes while it is read', () => {
  it('is a warning when it is gone by its turn', async () => {
    const root = temporaryFolder();
    makeFiles(root, { 'a/b.txt': '1' });
    const { entries, warnings } = selecting({ include: [root], relativeTo: root });

    const folder = await entries.next();
    rmSync(join(root, 'a'), { recursive: true });
    const next = await entries.next();

    expect(folder.value).toMatchObject({ name: 'a', kind: 'folder' });
    expect(next.done).toBe(true);
    expect(warnings).toEqual([`Left out ${root}/a: it was gone before it could be read.`]);
  });
});

async function seen(content: string) {
  const root = temporaryFolder();
  makeFiles(root, { 'a.log': content });
  return { path: join(root, 'a.log'), ...(await onlyFile({ include: [root] })) };
}

async function opened({ open }: Awaited<ReturnType<typeof onlyFile>>['entry']) {
  const content = await open();
  if (content === undefined) throw new Error('The file is gone.');
  return content;
}
