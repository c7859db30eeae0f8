// Zips the folder $FOLDER into $OUT with the engine of the Holdfast built in $HOLDFAST, at the level $LEVEL, and prints how
// long the event loop was kept waiting.
import { createWriteStream } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';

const { FOLDER, OUT, HOLDFAST, LEVEL, THREADS } = process.env;
const part = (name) => import(`${HOLDFAST}/src/archive/${name}.js`);
const [{ zipFormat }, { selectFiles }] = await Promise.all([part('zip'), part('select-files')]);

const waits = monitorEventLoopDelay({ resolution: 5 });
waits.enable();
const level = LEVEL === 'zstd' ? 'zstd' : Number(LEVEL);
const threads = THREADS === undefined ? {} : { threads: Number(THREADS) };
const pack = zipFormat({ compression: { level }, ...threads });
const { signal } = new AbortController();
const selection = {
  include: [FOLDER],
  relativeTo: FOLDER,
  exclude: [],
  followLinks: false,
  ignoreUnreadable: false,
};
const archive = pack(
  selectFiles(selection, { signal, warn: (sentence) => process.stderr.write(`${sentence}\n`) }),
  { signal },
);
await pipeline(archive.stream, createWriteStream(OUT));
process.stdout.write(`${JSON.stringify({ waitP99InMs: waits.percentile(99) / 1e6 - 5 })}\n`);
