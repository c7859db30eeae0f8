import { addAbortSignal } from 'node:stream';
import type { ArchiveOptions, ArchiveSummary, Entry } from '../archive.ts';
import { safeName } from '../naming/safe-name.ts';
import { contentOf } from './content-of.ts';
import type { TarEntry, TarWriter } from './tar-writer.ts';

/** One entry after the other, in the order they come. */
export async function writeEntries(
  entries: AsyncIterable<Entry>,
  tar: TarWriter,
  options: ArchiveOptions,
): Promise<ArchiveSummary> {
  const summary = { entries: 0, contentInBytes: 0 };
  const names = new Map<string, string>();
  for await (const entry of entries) {
    options.signal.throwIfAborted();
    const contentInBytes = await writeEntry(entry, tar, names, options);
    if (contentInBytes === undefined) continue;
    summary.entries += 1;
    summary.contentInBytes += contentInBytes;
  }
  await tar.finish();
  return summary;
}

/** Nothing when the entry is gone. `names` are those that have the content of a file with several. */
async function writeEntry(
  entry: Entry,
  tar: TarWriter,
  names: Map<string, string>,
  options: ArchiveOptions,
): Promise<number | undefined> {
  if (entry.kind === 'file') return writeFile(entry, tar, names, options);
  const type = entry.kind === 'folder' ? 'directory' : 'symlink';
  await tar.append(tarEntry(entry, type, entry.kind === 'link' ? entry.target : undefined));
  return 0;
}

async function writeFile(
  entry: Extract<Entry, { kind: 'file' }>,
  tar: TarWriter,
  names: Map<string, string>,
  { signal, onContent }: ArchiveOptions,
): Promise<number | undefined> {
  const first = names.get(entry.inode ?? '');
  if (first !== undefined) {
    await tar.append(tarEntry(entry, 'link', first));
    return 0;
  }
  const source = await entry.open();
  if (source === undefined) return undefined;

  const content = await contentOf(entry, addAbortSignal(signal, source));
  content.stream.on('data', (chunk: Buffer) => onContent?.(entry, chunk.length));
  await tar.append(tarEntry(entry, 'file'), content);
  if (entry.inode !== undefined) names.set(entry.inode, safeName(entry.name));
  return content.sizeInBytes;
}

function tarEntry(entry: Entry, type: TarEntry['type'], linkname?: string): TarEntry {
  const { mode, modifiedAt: date, owner = { uid: 0, gid: 0 } } = entry;
  const name = safeName(entry.name) + (type === 'directory' ? '/' : '');
  return { name, type, mode, date, ...owner, ...(linkname !== undefined && { linkname }) };
}
