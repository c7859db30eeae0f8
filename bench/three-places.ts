import { buildProduct } from '../test/support/built-product.ts';
import { startCeph } from '../test/support/services/ceph.ts';
import { startOwnRedis } from '../test/support/services/redis.ts';
import { storeInThreePlaces, type ThreePlaces } from '../test/support/store-in-three-places.ts';

const MiB = 1024 ** 2;

/** What a run of `contentInMiB` to two S3 buckets and a folder at once takes, as sentences. @throws {Error} when they do not hold the same. */
export async function threePlaces(
  folder: string,
  contentInMiB: number,
  say: (sentence: string) => void,
): Promise<string> {
  say('Starting Ceph and Redis …');
  const [product, redis, ceph] = await Promise.all([buildProduct(), startOwnRedis(), startCeph()]);
  try {
    say(`Storing ${contentInMiB} MiB …`);
    const result = await storeInThreePlaces({ folder, product, url: redis.url, ceph, contentInMiB });
    return inWords(result);
  } finally {
    await Promise.all([product.remove(), redis.stop(), ceph.stop()]);
  }
}

function inWords({ report, sha256, peakMemoryInBytes, writtenInBytes }: ThreePlaces): string {
  const { archive } = report;
  if (archive === undefined || sha256.some((sum) => sum !== archive.sha256))
    throw new Error(`The places hold different archives: ${JSON.stringify({ report, sha256 })}`);

  const rows = report.destinations.map((row) =>
    row.outcome === 'stored'
      ? `${row.destination}: ${row.seconds.toFixed(0)} s, ${(row.sizeInBytes / MiB / row.seconds).toFixed(0)} MiB/s`
      : `${row.destination}: ${row.reason}`,
  );
  const beside = Math.round((writtenInBytes - archive.sizeInBytes) / 1024);
  return [
    `${Math.round(archive.sizeInBytes / MiB)} MiB in each of three places, all with the SHA-256 ${archive.sha256}.`,
    ...rows,
    `The worker never held more than ${Math.round(peakMemoryInBytes / MiB)} MiB of memory, and wrote ${beside} KiB to disks besides the archive in the folder.`,
    '',
  ].join('\n');
}
