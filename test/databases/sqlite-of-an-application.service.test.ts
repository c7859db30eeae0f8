import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { SqliteOptions } from '../../src/databases/sqlite/options.ts';
import { sqliteDumper } from '../../src/databases/sqlite.ts';
import { zipPrograms } from '../support/programs.ts';
import type { Programs } from '../support/services/install.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let programs: Programs;

beforeAll(async () => {
  programs = await zipPrograms();
});

describe('a SQLite database that its application has extended', () => {
  it('copies what needs a collation, a function, a module or a tokenizer of the application, with a note', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'application.db');
    await python(
      `connection = sqlite3.connect(${JSON.stringify(path)})
connection.create_collation('app_order', lambda a, b: (a > b) - (a < b))
connection.create_function('slug', 1, lambda text: text.lower(), deterministic=True)
connection.executescript("""CREATE TABLE plain (n); INSERT INTO plain VALUES (1), (2);
  CREATE TABLE media (title TEXT COLLATE app_order); CREATE INDEX by_title ON media (title);
  INSERT INTO media VALUES ('b'), ('a');
  CREATE TABLE pages (title); CREATE INDEX by_slug ON pages (slug(title)); INSERT INTO pages VALUES ('One');
  CREATE VIRTUAL TABLE notes USING fts5(text); INSERT INTO notes VALUES ('found');
  PRAGMA writable_schema = 1;
  UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE notes USING fts5(text, tokenize=app)' WHERE name = 'notes'""")
connection.commit()`,
    );

    const dump = await sqliteDumper(SqliteOptions.parse({ driver: 'sqlite', path })).dump(
      AbortSignal.timeout(60_000),
    );
    const copy = join(folder, 'copy.db');
    await writeFile(copy, dump.content);

    expect(dump.facts().tables).toEqual([
      { name: 'media' },
      { name: 'notes' },
      { name: 'pages' },
      { name: 'plain', rows: 2 },
    ]);
    expect(dump.warnings).toEqual([expect.stringMatching(/^Not checked of .*: media, notes, pages\. /)]);
    const titles = await python(
      `print(sqlite3.connect(${JSON.stringify(copy)}).execute('SELECT count(*) FROM media').fetchone()[0])`,
    );
    expect(titles.trim()).toBe('2');
  });
});

/** What Python's SQLite says, which is not the one of the product. */
async function python(code: string): Promise<string> {
  return (await execa(programs('python3'), ['-c', `import sqlite3\n${code}`])).stdout;
}
