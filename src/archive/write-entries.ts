import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ArchiveOptions, ArchiveSummary, Entry } from './archive.ts';
import type { ZipWriter } from './zip-writer.ts';

/** One entry after the other: the next is asked for, and opened, when the one before it is written. */
export async function writeEntries(
  entries: AsyncIterable<Entry>,
  writer: ZipWriter,
  options: ArchiveOptions,
): Promise<ArchiveSummary> {
  const summary = { entries: 0, contentInBytes: 0 };
  for await (const entry of entries) {
    options.signal.throwIfAborted();
    const sizeInBytes = await writeEntry(entry, writer, options);
    if (sizeInBytes === undefined) continue;
    summary.entries += 1;
    summary.contentInBytes += sizeInBytes;
  }
  await writer.finish();
  return summary;
}

/** The bytes that went in; `undefined` when the entry was gone and is left out. */
async function writeEntry(
  entry: Entry,
  writer: ZipWriter,
  options: ArchiveOptions,
): Promise<number | undefined> {
  if (entry.kind !== 'file') {
    await writer.append(entry, undefined);
    return 0;
  }
  const content = await entry.open();
  return content && writeContent(entry, content, writer, options);
}

async function writeContent(
  entry: Entry,
  content: Readable,
  writer: ZipWriter,
  { signal, onContent }: ArchiveOptions,
): Promise<number> {
  let sizeInBytes = 0;
  content.on('data', (chunk: Buffer) => {
    sizeInBytes += chunk.length;
    onContent?.(entry, chunk.length);
  });
  try {
    signal.throwIfAborted();
    // archiver would wait forever for content that fails: `finished` is what tells.
    await Promise.all([writer.append(entry, content), finished(content)]);
    return sizeInBytes;
  } finally {
    content.destroy();
  }
}
