import { randomBytes } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltProduct, buildProduct } from '../support/built-product.ts';
import { type Login, type Mariadb, startMariadb } from '../support/services/mariadb.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { traceWrites } from '../support/traced-writes.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { writeConfig } from './write-config.ts';

const MiB = 1024 ** 2;
const KiB = 1024;

let product: BuiltProduct;
let redis: Service;
let mariadb: Mariadb;

beforeAll(async () => {
  [product, redis, mariadb] = await Promise.all([buildProduct(), startRedis(), startMariadb()]);
});
afterAll(() => Promise.all([product.remove(), redis.stop(), mariadb.stop()]));

describe('a worker', () => {
  it('writes no byte of the archive or the MySQL dump anywhere but at the destination', async () => {
    const folder = temporaryFolder();
    const database = { driver: 'mysql', ...(await makeDatabase()) };
    const files = await makeFiles(join(folder, 'source'));
    const config = await writeConfig(folder, {
      url: redis.url,
      app: { files: { include: [files] }, databases: [database] },
    });
    const tracer = await traceWrites(join(folder, 'trace'));
    const worker = await startWorkerProcess({ program: product.program, config, under: tracer.command });

    const report = await product.run('shop', config);
    await worker.stop();
    const writes = [...(await tracer.writes())];
    const [kept, elsewhere] = parted(writes, ([path]) => path.startsWith(join(folder, 'archives', 'shop')));

    expect(report.dumps[0]?.program).toMatch(/dump \d/);
    expect(report.dumps[0]?.sizeInBytes).toBeGreaterThan(16 * MiB);
    expect(bytesOf(kept)).toBe(await sizesOf(folder, report.archive?.key ?? ''));
    expect(bytesOf(kept)).toBeGreaterThan(16 * MiB);
    expect(elsewhere.map(([path]) => path)).toEqual([expect.stringMatching(/\/client\.cnf$/)]);
    expect(bytesOf(elsewhere)).toBeLessThan(KiB);
  });
});

async function makeDatabase(): Promise<Login & { database: string }> {
  const login = await mariadb.database();
  const connection = await createConnection({ ...login });
  await connection.query('CREATE TABLE pages (id int AUTO_INCREMENT PRIMARY KEY, body longtext)');
  for (let row = 0; row < 16; row++) {
    await connection.query('INSERT INTO pages (body) VALUES (?)', [randomBytes(MiB / 2).toString('hex')]);
  }
  await connection.end();
  return login;
}

async function makeFiles(folder: string): Promise<string> {
  await mkdir(folder);
  for (let number = 0; number < 8; number++) {
    await writeFile(join(folder, `${number}.jpg`), randomBytes(MiB));
  }
  return folder;
}

/** Archive and manifest. */
async function sizesOf(folder: string, key: string): Promise<number> {
  const archive = await stat(join(folder, 'archives', key));
  const manifest = await stat(join(folder, 'archives', key.replace(/\.zip$/, '.manifest.json')));
  return archive.size + manifest.size;
}

function parted<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}

function bytesOf(writes: readonly (readonly [string, number])[]): number {
  return writes.reduce((total, [, bytes]) => total + bytes, 0);
}
