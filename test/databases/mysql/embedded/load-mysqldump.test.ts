import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMysqldump } from '../../../../src/databases/mysql/embedded/load-mysqldump.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the npm package mysqldump', () => {
  it('never loads a mysql2 of its own, as it has where Holdfast is installed as a package', () => {
    const folder = temporaryFolder();
    const libraries = join(folder, 'node_modules');
    mkdirSync(libraries);
    for (const name of ['mysql2', 'deepmerge', 'sql-formatter', 'sqlstring'])
      symlinkSync(resolve('node_modules', name), join(libraries, name));
    cpSync('node_modules/mysqldump', join(libraries, 'mysqldump'), { recursive: true });
    writeOldMysql2(join(libraries, 'mysqldump', 'node_modules', 'mysql2'));

    const { default: dump } = loadMysqldump(join(folder, 'holdfast.js'));

    expect(dump).toBeTypeOf('function');
  });
});

function writeOldMysql2(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "mysql2", "version": "2.3.3" }');
  for (const file of ['index.js', 'promise.js'])
    writeFileSync(join(folder, file), "throw new Error('The old mysql2 was loaded.');");
}
