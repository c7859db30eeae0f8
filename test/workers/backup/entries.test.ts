import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { FileSelection } from '../../../src/archive/file-selection.ts';
import { FormatOptions } from '../../../src/archive/options.ts';
import { openFormat } from '../../../src/archive/registry.ts';
import type { Dumper } from '../../../src/databases/dumper.ts';
import { entriesOf } from '../../../workers/backup/entries.ts';
import type { Meter } from '../../../workers/backup/meter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('dumps and files of one archive', () => {
  it('have two names where a file of the app is called like a dump', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'databases'));
    writeFileSync(join(root, 'databases/mysql-shop.sql'), 'a file');

    const { names, warnings, dumps } = await entriesIn(root, ['mysql-shop.sql']);

    expect(names.toSorted()).toEqual([
      'databases',
      'databases/mysql-shop (2).sql',
      'databases/mysql-shop.sql',
    ]);
    expect(dumps).toMatchObject([{ entry: 'databases/mysql-shop.sql', sizeInBytes: 0 }]);
    expect(warnings).toEqual([
      `The archive has ${root}/databases/mysql-shop.sql as "databases/mysql-shop (2).sql": "databases/mysql-shop.sql" is the name of another entry.`,
    ]);
  });

  it('do not lie beneath a link or a file that is called like the folder of the dumps', async () => {
    const root = temporaryFolder();
    symlinkSync('/etc', join(root, 'databases'));

    const { names, warnings } = await entriesIn(root, ['mysql-shop.sql']);

    expect(names).toEqual(['databases/mysql-shop.sql', 'databases (2)']);
    expect(warnings).toEqual([expect.stringContaining('"databases" is the name of another entry')]);
  });

  it('are told from one another by the name in the archive, where two dumps would have one', async () => {
    const root = temporaryFolder();

    const { dumps, warnings } = await entriesIn(root, ['mysql-shop.sql', 'mysql-shop.sql', 'mysql-Shop.sql']);

    expect(dumps.map(({ entry }) => entry)).toEqual([
      'databases/mysql-shop.sql',
      'databases/mysql-shop (2).sql',
      'databases/mysql-Shop.sql',
    ]);
    expect(warnings).toEqual([
      expect.stringContaining('The archive has the dump of mysql shop as "databases/mysql-shop (2).sql"'),
      expect.stringContaining('differs from another name only in capitals'),
    ]);
  });
});

async function entriesIn(root: string, fileNames: readonly string[]) {
  const content = {
    app: 'shop',
    dumpers: fileNames.map(dumperOf),
    archive: openFormat(FormatOptions.parse({ format: 'zip' })),
    files: FileSelection.parse({ include: [root], relativeTo: root }),
    stallTimeoutInMs: 60_000,
  };
  const made = await entriesOf(content, new AbortController().signal, unread);

  const names: string[] = [];
  for await (const { name } of made.entries) names.push(name);
  return { names, dumps: made.dumps(), warnings: made.warnings() };
}

const nothing = () => {};
const unread: Meter = {
  step: nothing,
  entry: nothing,
  content: nothing,
  archive: nothing,
  fromNothing: () => unread,
  contentInBytes: 0,
};

function dumperOf(fileName: string): Dumper {
  return {
    title: 'mysql shop',
    fileName,
    check: async () => {},
    estimate: async () => 0,
    dump: async () => ({
      content: Readable.from([]),
      facts: () => ({ driver: 'mysql', program: 'none', database: 'shop', tables: [] }),
      warnings: [],
    }),
  };
}
