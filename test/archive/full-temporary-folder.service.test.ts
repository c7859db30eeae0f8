import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { onSmallDisk } from '../support/on-small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a temporary folder that is full fails a dump in a sentence, and keeps nothing of it', async () => {
  const folder = temporaryFolder();
  const database = new Database(join(folder, 'stock.sqlite'));
  database.exec('CREATE TABLE photos AS SELECT randomblob(3000000) AS photo');
  database.close();
  const script = new URL('dump-on-small-disk.ts', import.meta.url).pathname;

  const told = await onSmallDisk({ script, path: temporaryFolder(), more: join(folder, 'stock.sqlite') });

  expect(told).toEqual({
    sqlite: expect.stringMatching(
      /There was no room in the temporary folder for a copy of .*stock\.sqlite\. Make room/,
    ),
    tar: expect.stringMatching(/There was no room in the temporary folder \(.*\) for a dump/),
    left: [],
  });
});
