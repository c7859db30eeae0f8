import type { FileToRead, ReadOutcome, SystemFault } from '../archive.ts';
import type { Header, Sizes } from './format.ts';

/** What a thread is asked to do. Bytes are handed over with it and come back with the answer, without being copied. */
export type Task = EntriesTask | BlockTask | FileBlockTask;

/** Make complete entries. */
export interface EntriesTask {
  readonly kind: 'entries';
  readonly items: readonly Item[];
}

/** Compress a part of an entry's content. */
export interface BlockTask {
  readonly kind: 'block';
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Read a part of an open file, and compress it. */
export interface FileBlockTask {
  readonly kind: 'file block';
  readonly fd: number;
  readonly range: Range;
}

/** What a thread makes of a task. */
export type AnswerTo<T extends Task> = T extends EntriesTask ? PackedEntries : PackedBlock;

export interface Range {
  readonly position: number;
  readonly lengthInBytes: number;
}

/** A whole entry. Its content is at hand or in a file; a folder has neither. */
export interface Item extends Pick<Header, 'fileName' | 'lastModified' | 'owner'> {
  readonly content?: Uint8Array<ArrayBuffer>;
  readonly file?: FileToRead;
}

/** Entries as they stand in the archive, one behind the other. */
export interface PackedEntries {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** One for each item, in their order. */
  readonly entries: readonly PackedEntry[];
}

export interface PackedEntry {
  /** Nothing when the file could not be read as a whole. */
  readonly written?: WrittenEntry;
  readonly outcome?: ReadOutcome | TooLarge;
}

export interface WrittenEntry extends Sizes {
  readonly compressionMethod: Header['compressionMethod'];
  /** With its header. */
  readonly lengthInBytes: number;
}

/** A file that has become too large to be read as a whole. */
export interface TooLarge {
  readonly kind: 'too large';
  /** Left out when the file says it has none. */
  readonly sizeInBytes?: number;
}

/** A part of an entry's content as it stands in the archive. */
export interface PackedBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly crc32: number;
  readonly uncompressedSize: number;
  /** The file ended before it should: what comes after this block is not part of it any more. */
  readonly isShort?: boolean;
  /** Why the file could not be read on. */
  readonly fault?: SystemFault;
}
