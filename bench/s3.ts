import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { S3Options } from '../src/destinations/s3/options.ts';
import { s3Destination } from '../src/destinations/s3.ts';
import { type Ceph, startCeph } from '../test/support/services/ceph.ts';
import { findOrInstall } from '../test/support/services/install.ts';
import { median } from './median.ts';

/** How fast the same bytes reach an S3 store on this machine, by Holdfast's destination and by `rclone rcat`. */
export interface S3Result {
  readonly contentInBytes: number;
  /** Of all rounds, in MiB/s. */
  readonly holdfast: readonly number[];
  readonly rclone: readonly number[];
  /** The median of those of each round: 1 is as fast, 2 twice as fast. */
  readonly ratio: number;
}

const mebibyte = 1024 * 1024;
const contentInMiB = 512;

/** The two in turn, so that what else the machine does meets both. The first turn of each only warms the store. */
export async function compareS3(rounds: number, say: (sentence: string) => void): Promise<S3Result> {
  say('Starting Ceph …');
  const [ceph, programs] = await Promise.all([
    startCeph(),
    findOrInstall({ programs: ['rclone'], package: 'rclone' }),
  ]);
  const bucket = await ceph.bucket();
  const speeds = { holdfast: [] as number[], rclone: [] as number[] };
  try {
    for (let round = 0; round <= rounds; round++) {
      const holdfast = await speedOf(() => byHoldfast(ceph, bucket, round));
      const rclone = await speedOf(() => byRclone(programs('rclone'), ceph, `${bucket}/rclone-${round}`));
      if (round === 0) continue;
      speeds.holdfast.push(holdfast);
      speeds.rclone.push(rclone);
      say(
        `S3, round ${round}: Holdfast ${holdfast.toFixed(0)} MiB/s, rclone rcat ${rclone.toFixed(0)} MiB/s`,
      );
    }
  } finally {
    await ceph.stop();
  }
  // Round by round, as what else the machine does comes and goes.
  const ratio = median(speeds.holdfast.map((ours, round) => ours / (speeds.rclone[round] ?? Number.NaN)));
  return { contentInBytes: contentInMiB * mebibyte, ...speeds, ratio };
}

/** In MiB/s. */
async function speedOf(store: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await store();
  return contentInMiB / ((performance.now() - startedAt) / 1000);
}

/** As a table that Markdown understands. */
export function s3Table({ contentInBytes, holdfast, rclone, ratio }: S3Result): string {
  const cells = [`${contentInBytes / mebibyte} MiB`, speed(holdfast), speed(rclone), ratio.toFixed(2)];
  return [
    `Median of ${holdfast.length} rounds.`,
    '',
    '| to S3 on loopback | Holdfast | `rclone rcat` | ratio of the speeds |',
    '|---|--:|--:|--:|',
    `| ${cells.join(' | ')} |`,
    '',
  ].join('\n');
}

function speed(speeds: readonly number[]): string {
  return `${median(speeds).toFixed(0)} MiB/s`;
}

async function byHoldfast({ endpoint, keys }: Ceph, bucket: string, round: number): Promise<void> {
  const options = S3Options.parse({ driver: 's3', endpoint, bucket, credentials: { ...keys } });
  const key = `bench/2026-11-22-03-15-${String(round).padStart(2, '0')}.zip`;
  await s3Destination('bench', options).store(key, content(), AbortSignal.any([]));
}

/** With as many parts of the same size on their way. https://rclone.org/s3/ */
async function byRclone(program: string, { endpoint, keys }: Ceph, path: string): Promise<void> {
  const { accessKeyId, secretAccessKey } = keys;
  const login = `access_key_id=${accessKeyId},secret_access_key=${secretAccessKey}`;
  const remote = `:s3,provider=Ceph,endpoint='${endpoint}',${login}:${path}`;
  const rclone = execa(program, ['rcat', '--s3-chunk-size', '5M', '--s3-upload-concurrency', '4', remote], {
    // The version of Debian 12 fails when the environment names a bundle of certificates.
    env: { AWS_CA_BUNDLE: undefined, RCLONE_CONFIG: '/dev/null' },
    stdout: 'ignore',
  });
  await Promise.all([pipeline(content(), rclone.stdin), rclone]);
}

/** Bytes that no store can press, made once and given again and again. */
function content(): Readable {
  return Readable.from(
    (function* () {
      for (let given = 0; given < contentInMiB; given++) yield noise;
    })(),
    { objectMode: false },
  );
}

const noise = randomBytes(mebibyte);
