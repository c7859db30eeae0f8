import { workerPart } from '../config/parts.ts';
import type { ConfigFile } from '../config/read.ts';
import type { WorkerParts } from './product.ts';

/** A worker for the jobs of one group. */
export function workerOf(config: ConfigFile, group: string): WorkerParts {
  return { group, config: workerPart(config, group) };
}

/** A worker for each group of the file: on the embedded queue nobody but this process can do their jobs. */
export function everyWorker(config: ConfigFile): WorkerParts[] {
  const groups = new Set(Object.values(config.outline.apps).map(({ runsOn }) => runsOn));
  return [...groups].map((group) => workerOf(config, group));
}
