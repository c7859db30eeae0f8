import { chmodSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FileSelection } from '../../src/archive/file-selection.ts';
import { tryFiles } from '../../workers/try-files.ts';
import { makeFiles } from '../archive/file-tree.ts';
import { asOrdinaryUser } from '../support/ordinary-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function selection(exclude: readonly string[] = []) {
  const root = temporaryFolder();
  makeFiles(root, { 'a.txt': '1', 'deep/b.txt': '2', 'deep/c.log': '3' });
  return FileSelection.parse({ include: [root], exclude: [...exclude] });
}

it('a check names the file that a run could not read', async () => {
  const files = selection();
  chmodSync(`${files.include[0]}/deep/b.txt`, 0o000);

  const trying = asOrdinaryUser(() => tryFiles(files));

  await expect(trying).rejects.toThrow(/Could not read .*deep\/b\.txt: permission denied/);
});

it('a check says which excludes leave nothing out', async () => {
  const notes = await tryFiles(selection(['*.log', '*.tmp', './lib']));

  expect(notes).toEqual(['"*.tmp", "./lib" in "exclude" leave nothing out.']);
});

it('a check says how many files were not tried when there are too many', async () => {
  const notes = await tryFiles(selection(['*.tmp']), 0);

  expect(notes).toEqual(['0 files could be opened within a minute. Not tried: at least 1 more.']);
});
