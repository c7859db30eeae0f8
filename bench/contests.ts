import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import type { RunReport } from '../src/domain/report.ts';
import type { Database } from './make-database.ts';

export interface Contest {
  readonly what: string;
  readonly otherName: string;
  ours(): Promise<Ours>;
  other(): Promise<{ readonly seconds: number; readonly archiveInBytes: number }>;
}

interface Ours {
  readonly runInSeconds: number;
  readonly processInSeconds: number;
  readonly contentInBytes: number;
  readonly archiveInBytes: number;
}

interface Given {
  readonly folder: string;
  readonly files: string;
  readonly database: Database;
  /** `holdfast say '/backup run <app>'` */
  run(app: string): Promise<RunReport>;
}

/** The same data, read by Holdfast and by what people use instead. */
export function contests({ folder, files, database, run }: Given): Contest[] {
  const ours = (app: string) => () => backUp(() => run(app), join(folder, 'archives'));
  const other = (archive: string, script: string) => () => shell(script, join(folder, archive), database);

  return [
    {
      what: '15,000 small files',
      otherName: 'zip -r',
      ours: ours('files'),
      other: other('files.zip', `cd '${files}' && zip -q -r "$ARCHIVE" .`),
    },
    {
      what: 'a MariaDB database',
      otherName: 'mariadb-dump | gzip',
      ours: ours('database'),
      other: other(
        'database.sql.gz',
        'mariadb-dump --single-transaction --quick --routines --triggers --events --hex-blob' +
          ' --default-character-set=utf8mb4 -h "$HOST" -P "$PORT" -u "$LOGIN" "$DATABASE" | gzip > "$ARCHIVE"',
      ),
    },
  ];
}

/** Once, from the words to the answer; the archive is removed then. */
async function backUp(run: () => Promise<RunReport>, archives: string): Promise<Ours> {
  const startedAt = performance.now();
  const { archive, reason, startedAt: began, finishedAt } = await run();
  const processInSeconds = (performance.now() - startedAt) / 1000;
  if (archive === undefined) throw new Error(`The backup failed: ${reason}`);

  await rm(join(archives, archive.key));
  const runInSeconds = (Date.parse(finishedAt) - Date.parse(began)) / 1000;
  const { contentInBytes, sizeInBytes: archiveInBytes } = archive;
  return { runInSeconds, processInSeconds, contentInBytes, archiveInBytes };
}

async function shell(script: string, archive: string, { host, port, user, password, database }: Database) {
  const startedAt = performance.now();
  await execa('bash', ['-e', '-o', 'pipefail', '-c', script], {
    env: {
      ...{ ARCHIVE: archive, HOST: host, PORT: String(port), LOGIN: user },
      ...{ DATABASE: database, MYSQL_PWD: password },
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const { size: archiveInBytes } = await stat(archive);
  await rm(archive);
  return { seconds, archiveInBytes };
}
