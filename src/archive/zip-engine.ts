import type { Writable } from 'node:stream';
import type { ZlibOptions } from 'node:zlib';

/**
 * The part of archiver that writes, as of archiver 8 with zip-stream 7 and compress-commons 7. Its types do not show it, and
 * it has no other place for what `refine-engine.ts` sets. `docs/decisions/0002-archiver-refined.md` says why we do.
 */
export interface ZipEngine extends Writable {
  options: { zlib: ZlibOptions };
  _entries: EntryList;
  _normalizeEntry(entry: EngineEntry): void;
  _appendBuffer(entry: EngineEntry, content: Buffer, done: (error: null, entry: EngineEntry) => void): void;
  _afterAppend(entry: EngineEntry): void;
  _writeLocalFileHeader(this: Pen, entry: EngineEntry): void;
  _writeDataDescriptor(this: Pen, entry: EngineEntry): void;
  _writeCentralFileHeader(this: Pen, entry: EngineEntry): void;
  /** Bytes written so far. */
  offset: number;
}

/** What the engine does with its list of entries. */
export interface EntryList {
  readonly length: number;
  push(entry: EngineEntry): void;
  forEach(writeHeader: (entry: EngineEntry) => void): void;
}

export interface EngineEntry {
  name: string;
  extra: Buffer | null;
  setExtra(extra: Buffer): void;
  isZip64(): boolean;
  setMethod(method: 0 | 8): void;
  setCrc(crc: number): void;
  setSize(bytes: number): void;
  setCompressedSize(bytes: number): void;
  getGeneralPurposeBit(): { useUTF8ForNames(is: boolean): void; useDataDescriptor(is: boolean): void };
}

/** The engine, or a stand-in that only takes what would be written. */
export interface Pen {
  readonly offset: number;
  write(chunk: Buffer | string): unknown;
}

/** What the engine would write in a dozen pieces, as one. */
export function inOnePiece(
  { offset }: Pen,
  write: (this: Pen, entry: EngineEntry) => void,
  entry: EngineEntry,
): Buffer {
  const pieces: Buffer[] = [];
  write.call({ offset, write: (piece) => pieces.push(Buffer.from(piece)) }, entry);
  return Buffer.concat(pieces);
}

/** @throws {Error} when archiver has been changed inside. */
export function engineOf(archive: object): ZipEngine {
  // A cast, because the types keep it private; the check below is what makes it safe.
  const { engine } = (archive as { _module?: { engine?: Partial<ZipEngine> } })._module ?? {};
  if (engine && parts.every((part) => part in engine)) return engine as ZipEngine;
  throw new Error(
    'This version of archiver writes zip files in another way than the one Holdfast was made with.',
  );
}

const parts = [
  'options',
  'offset',
  '_entries',
  '_normalizeEntry',
  '_appendBuffer',
  '_afterAppend',
  '_writeLocalFileHeader',
  '_writeDataDescriptor',
  '_writeCentralFileHeader',
];
