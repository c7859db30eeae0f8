import { randomBytes } from 'node:crypto';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltProduct, buildProduct } from '../support/built-product.ts';
import { startRedis } from '../support/services/redis.ts';
import type { Service } from '../support/services/service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { writeConfig } from './write-config.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

let product: BuiltProduct;
let redis: Service;

beforeAll(async () => {
  [product, redis] = await Promise.all([buildProduct(), startRedis()]);
});
afterAll(() => Promise.all([product.remove(), redis.stop()]));

describe('a worker', () => {
  it('stays under 250 MiB of memory with a source of 10 GiB', { timeout: 900_000 }, async () => {
    const folder = temporaryFolder();
    const files = await makeSource(join(folder, 'source'));
    const config = await writeConfig(folder, {
      url: redis.url,
      app: { files: { include: [files] }, checkFreeSpace: false },
    });
    const nodeOptions = ['--optimize-for-size']; // As in the image.
    const worker = await startWorkerProcess({ program: product.program, config, nodeOptions });

    const report = await product.run('shop', config);
    const peakInBytes = await worker.peakMemoryInBytes();
    await worker.stop();

    expect(report.archive?.contentInBytes).toBeGreaterThanOrEqual(10 * GiB);
    expect(report.archive?.sizeInBytes).toBeGreaterThanOrEqual(GiB);
    expect(peakInBytes).toBeLessThan(250 * MiB);
  });
});

/** A film that passes as it is, so that the archive is large, too; logs that get small; and three thousand small files. */
async function makeSource(folder: string): Promise<string> {
  await mkdir(folder);
  await makeIncompressible(join(folder, 'film.mp4'), GiB);
  for (const number of [1, 2, 3]) await makeSparse(join(folder, `${number}.log`), 3 * GiB);
  for (let number = 0; number < 3000; number++) {
    await writeFile(join(folder, `page-${number}.html`), `<p>${'word '.repeat(number % 500)}</p>`);
  }
  return folder;
}

async function makeIncompressible(path: string, sizeInBytes: number): Promise<void> {
  const block = randomBytes(1024 * 1024); // Longer than what deflate looks back.
  await writeFile(
    path,
    Array.from({ length: sizeInBytes / block.length }, () => block),
  );
}

async function makeSparse(path: string, sizeInBytes: number): Promise<void> {
  await writeFile(path, '');
  await truncate(path, sizeInBytes);
}
