import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Compression } from './codec.ts';

/** A thread that runs `thread.ts`, whether Holdfast was built or runs from its sources. */
export function startThread(compression: Compression): Worker {
  const isBuilt = import.meta.url.endsWith('.js');
  return isBuilt
    ? new Worker(new URL('./thread.js', import.meta.url), { workerData: compression, resourceLimits })
    : new Worker(runSource(), { eval: true, workerData: compression, resourceLimits, execArgv: [] });
}

/** Of what a thread needs for a moment, Node 24 would keep up to 96 MiB. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/**
 * Node 20 does not pass on to threads that tsx is at work (https://github.com/privatenumber/tsx/issues/354), so the thread sets it up
 * again; for `require`, which takes a third of the time `import` would.
 */
function runSource(): string {
  const tsx = createRequire(import.meta.url).resolve('tsx/cjs/api');
  const source = fileURLToPath(new URL('./thread.ts', import.meta.url));
  return `require(${JSON.stringify(tsx)}).register(); require(${JSON.stringify(source)});`;
}
