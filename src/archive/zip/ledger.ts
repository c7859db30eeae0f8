import type { ArchiveOptions, ArchiveSummary, Entry } from '../archive.ts';
import { openDirectory } from './directory.ts';
import { centralDirectoryHeader, type Header, type Sizes } from './format.ts';

/** Keeps account of what is in the archive, and where. */
export interface Ledger {
  readonly summary: ArchiveSummary;
  /** Bytes written so far. */
  offset(): number;
  wrote(bytes: number): void;
  /** An entry that is complete; it begins at `relativeOffset`. */
  enter(entry: Entry, header: Header, sizes: Sizes, relativeOffset: number): void;
  /** Bytes of content that went in. */
  count(entry: Entry, contentInBytes: number): void;
  /** The end of the archive. */
  close(): Iterable<Uint8Array>;
}

export function openLedger(onContent: ArchiveOptions['onContent']): Ledger {
  const directory = openDirectory();
  const summary = { entries: 0, contentInBytes: 0 };
  let offset = 0;

  return {
    summary,
    offset: () => offset,
    wrote(bytes) {
      offset += bytes;
    },
    enter(entry, header, sizes, relativeOffset) {
      summary.entries += 1;
      directory.add(centralDirectoryHeader(header, sizes, { unixMode: unixModeOf(entry), relativeOffset }));
    },
    count(entry, contentInBytes) {
      if (entry.kind !== 'file') return; // What a link leads to is no content.
      summary.contentInBytes += contentInBytes;
      onContent?.(entry, contentInBytes);
    },
    close: () => directory.bytes(offset),
  };
}

/** Types of files, as inode(7) has them. */
const fileType = { file: 0o100000, folder: 0o040000, link: 0o120000 };

function unixModeOf({ kind, mode }: Entry): number {
  return fileType[kind] | mode;
}
