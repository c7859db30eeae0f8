import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ArchiveOptions, ArchiveSummary, Entry } from './archive.ts';
import { batches } from './batches.ts';
import { closeAll, type Prepared, prepareEntries } from './prepare-entries.ts';
import type { ZipWriter } from './zip-writer.ts';

/** One entry after the other, in the order they come. */
export async function writeEntries(
  entries: AsyncIterable<Entry>,
  writer: ZipWriter,
  options: ArchiveOptions,
): Promise<ArchiveSummary> {
  const summary = { entries: 0, contentInBytes: 0 };
  for await (const batch of batches(entries)) {
    options.signal.throwIfAborted();
    const prepared = await prepareEntries(batch);
    try {
      for (const each of prepared) {
        summary.contentInBytes += await writeEntry(each, writer, options);
        summary.entries += 1;
      }
    } finally {
      closeAll(prepared);
    }
  }
  await writer.finish();
  return summary;
}

/** The bytes that went in. */
async function writeEntry(
  { entry, content }: Prepared,
  writer: ZipWriter,
  { signal, onContent }: ArchiveOptions,
): Promise<number> {
  signal.throwIfAborted();
  if (content instanceof Readable) return writeStream(entry, content, writer, onContent);

  await writer.append(entry, content);
  if (content !== undefined) onContent?.(entry, content.sizeInBytes);
  return content?.sizeInBytes ?? 0;
}

async function writeStream(
  entry: Entry,
  content: Readable,
  writer: ZipWriter,
  onContent: ArchiveOptions['onContent'],
): Promise<number> {
  let sizeInBytes = 0;
  content.on('data', (chunk: Buffer) => {
    sizeInBytes += chunk.length;
    onContent?.(entry, chunk.length);
  });
  // archiver would wait forever for content that fails: `finished` is what tells.
  await Promise.all([writer.append(entry, content), finished(content)]);
  return sizeInBytes;
}
