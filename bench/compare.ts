import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildProduct } from '../test/support/built-product.ts';
import { startOwnMariadb } from '../test/support/services/mariadb.ts';
import { startOwnRedis } from '../test/support/services/redis.ts';
import { startWorkerProcess } from '../test/support/worker-process.ts';
import { type Contest, contests } from './contests.ts';
import { machine } from './machine.ts';
import { makeDatabase } from './make-database.ts';
import { makeFiles } from './make-files.ts';
import { median } from './median.ts';
import type { Result, Results } from './results.ts';
import { writeConfig } from './write-config.ts';

/** Makes the data in `folder`, and measures Holdfast and what people use instead of it, in turn. */
export async function compare(
  folder: string,
  rounds: number,
  say: (sentence: string) => void,
): Promise<Results> {
  say('Building Holdfast, starting Redis and MariaDB …');
  const [product, redis, mariadb] = await Promise.all([buildProduct(), startOwnRedis(), startOwnMariadb()]);
  try {
    say('Making 15,000 files and a database …');
    const files = await makeFiles(join(folder, 'files'));
    const database = await makeDatabase(mariadb);
    await mkdir(join(folder, 'archives'));
    const config = await writeConfig(folder, { url: redis.url, files, database });
    const worker = await startWorkerProcess({ program: product.program, config });

    const results: Result[] = [];
    for (const contest of contests({ folder, files, database, run: (app) => product.run(app, config) })) {
      results.push(await resultOf(contest, rounds, say));
    }
    const workerPeakInBytes = await worker.peakMemoryInBytes();
    await worker.stop();
    return { ...(await machine()), rounds, workerPeakInBytes, results };
  } finally {
    await Promise.all([product.remove(), redis.stop(), mariadb.stop()]);
  }
}

/** The two in turn, so that what else the machine does meets both. The first turn of each only warms the caches. */
async function resultOf(
  { what, ours, other, otherName }: Contest,
  rounds: number,
  say: (sentence: string) => void,
): Promise<Result> {
  const [warmOurs, warmOther] = [await ours(), await other()];
  const runs = { run: [] as number[], process: [] as number[], other: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    const { runInSeconds, processInSeconds } = await ours();
    const { seconds } = await other();
    runs.run.push(runInSeconds);
    runs.process.push(processInSeconds);
    runs.other.push(seconds);
    say(
      `${what}, round ${round}: Holdfast ${runInSeconds.toFixed(1)} s, ${otherName} ${seconds.toFixed(1)} s`,
    );
  }
  return {
    what,
    otherName,
    contentInBytes: warmOurs.contentInBytes,
    archiveInBytes: { holdfast: warmOurs.archiveInBytes, other: warmOther.archiveInBytes },
    medianInSeconds: { run: median(runs.run), process: median(runs.process), other: median(runs.other) },
    ratio: median(runs.run) / median(runs.other),
    runs,
  };
}
