import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination } from '../../src/destinations/destination.ts';
import { openDestination } from '../../src/destinations/registry.ts';
import { S3Options } from '../../src/destinations/s3/options.ts';
import type { RunReport } from '../../src/domain/report.ts';
import type { BuiltProduct } from './built-product.ts';
import type { Ceph } from './services/ceph.ts';
import { startWorkerProcess } from './worker-process.ts';

interface Setting {
  readonly folder: string;
  readonly product: BuiltProduct;
  /** Of a Redis. */
  readonly url: string;
  readonly ceph: Ceph;
  /** Of the source, which does not compress. */
  readonly contentInMiB: number;
}

/** What one run of a worker to two buckets and a folder at once came to. */
export interface ThreePlaces {
  readonly report: RunReport;
  /** Of what each place gives back. */
  readonly sha256: readonly string[];
  readonly peakMemoryInBytes: number;
  /** To disks, of everything the worker did. */
  readonly writtenInBytes: number;
}

/** Backs a film up with a worker process of its own, and reads back what each of the three places holds. */
export async function storeInThreePlaces(setting: Setting): Promise<ThreePlaces> {
  const { folder, product } = setting;
  const destinations = await destinationsIn(setting);
  const config = join(folder, 'holdfast.yml');
  const source = await makeFilm(join(folder, 'source'), setting.contentInMiB);
  const shop = { files: { include: [source] }, destinations: Object.keys(destinations) };
  const queue = { url: setting.url, prefix: `three-places-${randomUUID()}` };
  await writeFile(config, JSON.stringify({ queue, destinations, apps: { shop } })); // JSON is YAML.

  const worker = await startWorkerProcess({ program: product.program, config });
  const writtenBefore = await worker.writtenInBytes();
  const report = await product.run('shop', config);
  const peakMemoryInBytes = await worker.peakMemoryInBytes();
  const writtenInBytes = (await worker.writtenInBytes()) - writtenBefore;
  await worker.stop();

  const key = report.archive?.key ?? '';
  const places = Object.entries(destinations).map(([name, options]) => openDestination(name, options));
  const sha256 = await Promise.all(places.map((place) => sumOf(place, key)));
  return { report, sha256, peakMemoryInBytes, writtenInBytes };
}

async function destinationsIn({ folder, ceph: { endpoint, keys, bucket } }: Setting) {
  const toBucket = async () =>
    S3Options.parse({ driver: 's3', endpoint, bucket: await bucket(), credentials: { ...keys } });
  return {
    one: await toBucket(),
    two: await toBucket(),
    disk: { driver: 'local', path: join(folder, 'archives'), createFolder: true },
  } as const;
}

async function makeFilm(folder: string, contentInMiB: number): Promise<string> {
  await mkdir(folder);
  const block = randomBytes(1024 * 1024); // Longer than what deflate looks back.
  await writeFile(
    join(folder, 'film.mp4'),
    (function* () {
      for (let written = 0; written < contentInMiB; written++) yield block;
    })(),
  );
  return folder;
}

async function sumOf(place: Destination, key: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of place.read(key)) hash.update(chunk);
  return hash.digest('hex');
}
