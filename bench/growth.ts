import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct } from '../test/support/built-product.ts';
import { type MadeFiles, makeSmallFiles } from './make-files.ts';
import { measure } from './measure.ts';

const sizes = [
  [10_000, 128],
  [40_000, 512],
  [160_000, 2048],
] as const;

/** What an archive costs against how much there is to put in, as a table that Markdown understands. */
export async function growth(folder: string, say: (sentence: string) => void): Promise<string> {
  const product = await buildProduct();
  const rows: string[] = [];
  try {
    for (const [count, contentInMiB] of sizes) {
      say(`Making ${count} files of ${contentInMiB} MiB …`);
      const files = await makeSmallFiles(join(folder, 'files'), count, contentInMiB * 1024 ** 2);
      rows.push(await rowOf(count, files, product.program.replace(/\/src\/cli\.js$/, '')));
      await rm(files.folder, { recursive: true });
    }
  } finally {
    await product.remove();
  }
  const heading =
    '| files | MiB | seconds | of processors | ms of processors a file | peak memory | wait of the event loop, p99 |';
  return [heading, '|--:|--:|--:|--:|--:|--:|--:|', ...rows, ''].join('\n');
}

async function rowOf(count: number, { folder, contentInBytes }: MadeFiles, built: string): Promise<string> {
  const env = { FOLDER: folder, HOLDFAST: built, LEVEL: '5', OUT: `${folder}.zip`, BENCH: programs };
  const { seconds, processorInSeconds, peakInBytes, output } = await measure(
    'node "$BENCH/zip.mjs"; rm "$OUT"',
    env,
  );
  const { waitP99InMs } = JSON.parse(output);
  const cells = [
    count.toLocaleString('en-US'),
    String(contentInBytes / 1024 ** 2),
    seconds.toFixed(1),
    processorInSeconds.toFixed(1),
    ((processorInSeconds * 1000) / count).toFixed(3),
    `${Math.round(peakInBytes / 1024 ** 2)} MiB`,
    `${waitP99InMs.toFixed(1)} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const programs = fileURLToPath(new URL('./programs', import.meta.url));
