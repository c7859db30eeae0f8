import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/archive/archive.ts';
import { readWhole } from '../../src/archive/zip/read-whole.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeFiles } from './file-tree.ts';
import { selecting } from './selecting.ts';

type File = Extract<Entry, { kind: 'file' }>;

describe('a folder that becomes a link to another one', () => {
  it('is left out when that happens before it is entered', async () => {
    const { app, outside } = folders();
    const { entries, warnings } = selecting({ include: [app], relativeTo: app });

    const { value: folder } = await entries.next();
    swap(app, outside);
    const rest = await namesOf(entries);

    expect(folder?.name).toBe('inner');
    expect(rest).toEqual([]);
    expect(warnings).toEqual([`Left out ${app}/inner: it was gone before it could be read.`]);
  });

  it('gives none of the files it leads to when that happens after they were seen', async () => {
    const { app, outside } = folders();
    const { entries, warnings } = selecting({ include: [app], relativeTo: app });
    await entries.next();
    const file = (await entries.next()).value as File;

    swap(app, outside);
    const content = await file.open();
    const { hear: _, ...toRead } = file.onDisk ?? {};
    const inThread = readWhole(toRead as NonNullable<File['onDisk']>, Buffer.alloc(100));

    expect(content).toBeUndefined();
    expect(inThread).toEqual({ outcome: { kind: 'replaced' } });
    expect(warnings).toEqual([`Left out ${app}/inner/a.txt: it was gone before it could be read.`]);
    await entries.return(undefined);
  });

  it.each([
    ['', (app: string) => app],
    [', in a folder that is included by a link', (app: string) => `${app}-link`],
  ])('is not left out when a program has saved a file of it anew%s', async (_, pathOf) => {
    const { app } = folders();
    symlinkSync(app, `${app}-link`);
    const { entries, warnings } = selecting({ include: [pathOf(app)] });
    await entries.next();
    const file = (await entries.next()).value as File;

    writeFileSync(join(app, 'inner/a.new'), 'saved again');
    renameSync(join(app, 'inner/a.new'), join(app, 'inner/a.txt'));
    const content = await file.open();

    expect(String(content && (await buffer(content)))).toBe('saved again');
    expect(warnings).toEqual([]);
    await entries.return(undefined);
  });
});

function folders() {
  const root = temporaryFolder();
  makeFiles(root, { 'app/inner/a.txt': 'ours', 'outside/a.txt': 'secret' });
  return { app: join(root, 'app'), outside: join(root, 'outside') };
}

function swap(app: string, outside: string): void {
  renameSync(join(app, 'inner'), `${app}-moved`);
  symlinkSync(outside, join(app, 'inner'));
}

async function namesOf(entries: AsyncIterable<Entry>): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of entries) names.push(name);
  return names;
}
