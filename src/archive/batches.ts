import type { Entry } from './archive.ts';

/** Up to here content is read and compressed whole. */
export const smallInBytes = 64 * 1024;

const entriesInBatch = 16;

/**
 * Small entries some at a time, others alone. The entry after one that is not small is not asked for before that one is done:
 * what makes a dump looks at how it ended then.
 */
export async function* batches(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[]> {
  let batch: Entry[] = [];
  for await (const entry of entries) {
    const isLarge = !isSmall(entry);
    if (!isLarge) batch.push(entry);
    if (isLarge || batch.length === entriesInBatch) {
      yield batch;
      batch = [];
    }
    if (isLarge) yield [entry];
  }
  yield batch;
}

function isSmall(entry: Entry): boolean {
  return entry.kind !== 'file' || (entry.sizeInBytes ?? Number.POSITIVE_INFINITY) <= smallInBytes;
}
