import type { Readable } from 'node:stream';
import type { ArchiveExtension } from '../domain/backup-key.ts';

interface EntryFacts {
  /**
   * The path inside the archive: relative, `/` between segments, never `..`, and no other entry's. In a format that keeps bytes, what is
   * not UTF-8 is in it as `exactText` has it, and in the target of a link.
   */
  readonly name: string;
  /** Permission bits, `0o644`. */
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
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
      /** Where the same content lies on this machine, if it does: a format may read it there, in a thread of its own. */
      readonly onDisk?: FileOnDisk;
      /** The same for all names of one file, where it has several. */
      readonly inode?: string;
    })
  | (EntryFacts & { readonly kind: 'folder' })
  | (EntryFacts & { readonly kind: 'link'; readonly target: string });

/** A file of this machine, for who reads it without {@link Entry} `open`. */
export interface FileOnDisk extends FileToRead {
  /** Has to be told how it went, once. @throws what must end the archive: it may not be read, and that is not ignored. */
  hear(outcome: ReadOutcome): void;
}

/** What a file or folder is, by the numbers of the system. */
export interface Inode {
  readonly dev: number;
  readonly ino: number;
}

/** What a thread needs to know to read a file. */
export interface FileToRead {
  /**
   * Its path in bytes, of which each is a letter of Latin-1: names need not be UTF-8, and text is cheap to hand on. Where no links are
   * followed it has none in it.
   */
  readonly pathAsLatin1: string;
  /** A link was followed to get to it, and may be again. */
  readonly throughLink: boolean;
  /** What it was when it was seen, and has to be still. Left out where links are followed. */
  readonly was?: Inode;
}

/** How reading a file went. */
export type ReadOutcome =
  /** Up to the size it had when it was opened, or what it has become. */
  | {
      readonly kind: 'read';
      readonly opened: FileVersion;
      readonly closed: FileVersion;
      readonly readInBytes: number;
    }
  /** It is no file any more. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'not opened'; readonly fault: SystemFault }
  /** What was read before is in the archive. */
  | { readonly kind: 'stopped'; readonly fault: SystemFault; readonly readInBytes: number };

/** What the system said, as plain facts: between threads an error loses all but its words. */
export interface SystemFault {
  readonly message: string;
  readonly code: string;
  readonly errno: number;
}

export interface FileVersion {
  readonly sizeInBytes: number;
  readonly modifiedAtInMs: number;
}

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

/** A kind of archive. */
export interface Format {
  readonly extension: ArchiveExtension;
  /** Whether names that are not UTF-8 come out of it as they were. */
  readonly keepsBytes: boolean;
  /** Whether a moment comes out of it as it was, to the second. */
  keepsMoment(moment: Date): boolean;
  readonly pack: ArchiveFormat;
}
