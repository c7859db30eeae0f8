import { join } from 'node:path';
import { startCeph } from '../test/support/services/ceph.ts';
import { startOwnMariadb } from '../test/support/services/mariadb.ts';
import { startOwnRedis } from '../test/support/services/redis.ts';
import { startWorkerProcess } from '../test/support/worker-process.ts';
import type { Subject } from './contestant.ts';
import { dumpers } from './dumpers.ts';
import { type Database, makeDatabase } from './make-database.ts';
import { makeSmallFiles } from './make-files.ts';
import { wholeRun } from './whole-run.ts';
import { writeConfig } from './write-config.ts';

interface WithServers {
  readonly folder: string;
  /** `holdfast`, built. */
  readonly program: string;
  wants(name: string): boolean;
  hold(subject: Subject): Promise<void>;
}

const dumpInBytes = 300 * 1024 ** 2;

/** What needs a database, and what needs a database, a queue and an S3 store. */
export async function withServers(options: WithServers): Promise<void> {
  const mariadb = await startOwnMariadb();
  try {
    const database = await makeDatabase(mariadb);
    if (options.wants('dump')) await options.hold(dumpOf(database));
    if (options.wants('run')) await holdWholeRun(database, options);
  } finally {
    await mariadb.stop();
  }
}

function dumpOf(database: Database): Subject {
  const env = environmentOf(database);
  return { what: 'a MariaDB database', contentInBytes: dumpInBytes, contestants: dumpers, env };
}

function environmentOf({ host, port, user, password, database }: Database) {
  return { HOST: host, PORT: String(port), LOGIN: user, DATABASE: database, MYSQL_PWD: password };
}

async function holdWholeRun(database: Database, { folder, program, hold }: WithServers): Promise<void> {
  const [redis, ceph] = await Promise.all([startOwnRedis(), startCeph()]);
  try {
    const bucket = await ceph.bucket();
    const { folder: files, contentInBytes } = await makeSmallFiles(join(folder, 'run'));
    const config = await writeConfig(folder, { url: redis.url, files, database, ceph, bucket });
    const worker = await startWorkerProcess({ program, config });
    await hold({
      what: 'database and small files to S3 on loopback',
      contentInBytes: dumpInBytes + contentInBytes,
      contestants: wholeRun(ceph, bucket),
      env: { ...environmentOf(database), FOLDER: files, CONFIG: config },
    });
    await worker.stop();
  } finally {
    await Promise.all([redis.stop(), ceph.stop()]);
  }
}
