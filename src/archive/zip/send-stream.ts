import type { Readable } from 'node:stream';
import type { Batch } from './batch.ts';
import { blocksOf } from './blocks-of.ts';
import { factsOf } from './item.ts';
import type { Line } from './line.ts';
import { blockInBytes } from './sizes.ts';
import { blockStep, type FileEntry } from './step.ts';

/** Content that nobody knows the length of, such as a dump. What ends within the first block is small and goes in whole. */
export async function sendStream(entry: FileEntry, batch: Batch, line: Line): Promise<void> {
  const content = await entry.open();
  if (content === undefined) return;

  const stop = () => content.destroy();
  line.signal.addEventListener('abort', stop);
  try {
    await sendBlocks(entry, content, batch, line);
  } finally {
    line.signal.removeEventListener('abort', stop);
    content.destroy();
  }
}

async function sendBlocks(entry: FileEntry, content: Readable, batch: Batch, line: Line): Promise<void> {
  const blocks = blocksOf(content);
  const first = await blocks.next();
  if (first.done) return batch.add(entry, factsOf(entry));
  if (first.value.length < blockInBytes) return batch.add(entry, { ...factsOf(entry), content: first.value });

  await batch.send();
  await line.put(Promise.resolve({ kind: 'begin', entry, mostInBytes: Number.POSITIVE_INFINITY }));
  await sendBlock(first.value, line);
  for await (const block of blocks) await sendBlock(block, line);
  await line.put(Promise.resolve({ kind: 'end' }));
}

function sendBlock(content: Buffer<ArrayBuffer>, line: Line): Promise<void> {
  const sizeInBytes = content.length; // It has none once it is handed over.
  return line.put(blockStep(line.run({ kind: 'block', content })), sizeInBytes);
}
