import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dumper } from '../../../src/databases/dumper.ts';
import { mysqlDumper } from '../../../src/databases/mysql/mysql.ts';
import { MysqlOptions } from '../../../src/databases/mysql/options.ts';
import type { Report, RunReport } from '../../../src/domain/report.ts';
import { openStoreForAll } from '../../support/open-store.ts';
import { startProduct } from '../../support/product.ts';
import { type Mariadb, startMariadb } from '../../support/services/mariadb.ts';
import { disk, shop } from '../../support/shop.ts';
import { embedded } from '../../support/stores.ts';

const store = openStoreForAll(embedded);
let server: Mariadb;
let place: Awaited<ReturnType<Mariadb['database']>>;

beforeAll(async () => {
  server = await startMariadb();
});

beforeEach(async () => {
  place = await server.database();
});

afterAll(() => server?.stop());

describe('a table that is changed while it is dumped', () => {
  it('has the backup begun again from its first byte, and the note says why', async () => {
    await largeTables();
    const target = disk('disk');
    const dumper = interrupted();
    const { say } = await startProduct(store(), { apps: [{ ...shop([target]), dumpers: [dumper] }] });

    const run = runIn((await say('/backup run shop')).reports);

    expect(run).toMatchObject({ outcome: 'stored', warnings: [expect.stringMatching(begunAgain)] });
    expect(readdirSync(join(target.folder, 'shop'))).toHaveLength(2);
    const sql = unzipped(join(target.folder, run.archive?.key ?? ''), `databases/${dumper.fileName}`);
    expect(sql.match(/^CREATE TABLE/gm)).toHaveLength(2);
    expect(sql).toContain('`added`');
    expect(run.archive?.contentInBytes).toBe(run.dumps.reduce((sum, dump) => sum + dump.sizeInBytes, 28));
  });
});

describe('a dump that makes less than that of the run before', () => {
  it('is a note of the run, once, and only where the same was asked for', async () => {
    await say(
      'CREATE TABLE a (n int); CREATE TRIGGER one BEFORE INSERT ON a FOR EACH ROW SET NEW.n = 1; CREATE VIEW v AS SELECT * FROM a; CREATE VIEW w AS SELECT * FROM a',
    );
    const { say: run } = await startProduct(store(), {
      apps: [
        { ...shop(), name: 'whole', dumpers: [plain({})] },
        { ...shop(), name: 'part', dumpers: [plain({})] },
      ],
    });
    await run('/backup run whole');
    await run('/backup run part');

    await say('DROP TRIGGER one; DROP VIEW v');
    const [fewer, same] = [await run('/backup run whole'), await run('/backup run whole')].map(
      ({ reports }) => runIn(reports),
    );

    expect(fewer?.warnings).toEqual([
      `databases/mysql-${place.database}.sql has 1 view and 1 trigger fewer than in the last run. If you did not remove them, see what the user of the dump may see.`,
    ]);
    expect(fewer?.dumps[0]?.objects).toMatchObject({ tables: 1, views: 1, triggers: 0 });
    expect(same?.warnings).toEqual([]);

    const { say: other } = await startProduct(store(), {
      apps: [{ ...shop(), name: 'part', dumpers: [plain({ excludeTables: ['w'] })] }],
    });
    expect(runIn((await other('/backup run part')).reports).warnings).toEqual([]);
  });
});

const begunAgain =
  /^The backup was begun again from its first byte\. Could not dump mysql .*: mariadb-dump ended with code \d+\. It said: .*Table definition has changed/;

async function largeTables(): Promise<void> {
  // More than all the buffers between the server and a reader that does not read.
  await say(
    "CREATE TABLE a (n int, x text); INSERT INTO a SELECT seq, REPEAT('x', 1000) FROM seq_1_to_40000; CREATE TABLE z (n int); INSERT INTO z VALUES (1)",
  );
}

function plain(options: Partial<MysqlOptions>): Dumper {
  return mysqlDumper(MysqlOptions.parse({ driver: 'mysql', dumper: 'client', ...place, ...options }));
}

/** Its last table is changed in the middle of the first dump. */
function interrupted(): Dumper {
  const dumper = plain({});
  let dumps = 0;
  return {
    ...dumper,
    async dump(signal) {
      const dump = await dumper.dump(signal);
      dumps++;
      if (dumps > 1) return dump;
      const changed = new Promise<void>((resolve) =>
        dump.content.once('readable', () => resolve(say(`ALTER TABLE z ADD added int, ALGORITHM=COPY`))),
      );
      await changed;
      return dump;
    },
  };
}

async function say(sql: string): Promise<void> {
  const connection = await createConnection({
    ...server.root,
    database: place.database,
    multipleStatements: true,
  });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

function unzipped(archive: string, entry: string): string {
  return execFileSync('unzip', ['-p', archive, entry], { maxBuffer: 2 ** 28 }).toString();
}

function runIn(reports: readonly Report[]): RunReport {
  const run = reports.find((report) => report.kind === 'run');
  if (run === undefined) throw new Error('No run ended.');
  return run;
}
