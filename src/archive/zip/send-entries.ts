import type { Entry } from '../archive.ts';
import { type Batch, openBatch } from './batch.ts';
import { factsOf, itemOf } from './item.ts';
import type { Line } from './line.ts';
import { sendInOneGo } from './send-in-one-go.ts';
import { sendLargeFile } from './send-large-file.ts';
import { sendStream } from './send-stream.ts';
import { wholeInBytes } from './sizes.ts';
import type { FileEntry } from './step.ts';

/**
 * Puts entries on their way, in their order. The entry after one that has to be asked for its content is not looked at before
 * that content has come to its end: what makes a dump learns how it ended then.
 */
export async function sendEntries(entries: AsyncIterable<Entry>, line: Line): Promise<void> {
  const batch = openBatch(line);
  for await (const entry of entries) {
    line.signal.throwIfAborted();
    if (entry.kind === 'file') await sendFile(entry, batch, line);
    else await batch.add(entry, itemOf(entry));
  }
  await batch.send();
}

async function sendFile(entry: FileEntry, batch: Batch, line: Line): Promise<void> {
  const { onDisk, sizeInBytes = 0 } = entry;
  const isLarge = onDisk === undefined || sizeInBytes > wholeInBytes;
  const { large } = line.codec;
  if (isLarge && large.kind === 'in one go') return sendInOneGo(entry, large, batch, line);
  if (onDisk === undefined) return sendStream(entry, batch, line);
  if (isLarge) return sendLargeFile(entry, onDisk, batch, line);

  const { hear: _, ...file } = onDisk;
  return batch.add(entry, { ...factsOf(entry), file });
}
