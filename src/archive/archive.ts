import type { Readable } from 'node:stream';

interface EntryFacts {
  /** The path inside the archive: relative, `/` between segments, never `..`. */
  readonly name: string;
  /** Permission bits, `0o644`. */
  readonly mode: number;
  readonly modifiedAt: Date;
}

/** Something to be archived. Dumps and files are alike from here on. */
export type Entry =
  | (EntryFacts & {
      readonly kind: 'file';
      /** The size as last seen, where there is one. The content counts, not this. */
      readonly sizeInBytes?: number;
      /** Called when the entry's turn has come, or a little earlier if it is small; `undefined` when it is gone by then, and the entry is left out. */
      open(): Promise<Readable | undefined>;
    })
  | (EntryFacts & { readonly kind: 'folder' })
  | (EntryFacts & { readonly kind: 'link'; readonly target: string });

export interface ArchiveSummary {
  readonly entries: number;
  /** Before compression. */
  readonly contentInBytes: number;
}

export interface Archive {
  /**
   * The archive's bytes, made as they are read. Ends only when every entry is complete; an entry whose content
   * fails, or the `signal`, destroys it with that error, so that half an archive never looks like one.
   */
  readonly stream: Readable;
  /** Settles with the stream. */
  readonly summary: Promise<ArchiveSummary>;
}

export interface ArchiveOptions {
  readonly signal: AbortSignal;
  /** Called as bytes of an entry go in. Cheap; the caller throttles. */
  onContent?(entry: Entry, contentInBytes: number): void;
}

/** Entries in, one byte stream out. Takes the next entry only when there is room for it. */
export type ArchiveFormat = (entries: AsyncIterable<Entry>, options: ArchiveOptions) => Archive;
