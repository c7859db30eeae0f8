import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type EntryList, inOnePiece, type ZipEngine } from './zip-engine.ts';

const blockInBytes = 64 * 1024;

export interface CompactDirectory extends EntryList {
  /** Writes the directory, waiting for `room` after each block. To be called when no entry comes any more. */
  write(room: () => Promise<void>): Promise<void>;
}

/**
 * The directory at the end of a zip, kept as the bytes it will be, compressed: some 20 an entry. The engine keeps an object
 * an entry instead, and puts twenty little buffers an entry into its output at the end, all at once: measured with 300,000
 * entries and a destination slower than the disk, that took 3.5 GB.
 */
export function compactDirectory(engine: ZipEngine): CompactDirectory {
  const blocks: Buffer[] = [];
  let headers: Buffer[] = [];
  let headersInBytes = 0;
  let length = 0;
  let end = 0;

  function closeBlock(): void {
    blocks.push(deflateRawSync(Buffer.concat(headers), { level: 1 }));
    headers = [];
    headersInBytes = 0;
  }

  return {
    get length() {
      return length;
    },
    push(entry) {
      const header = inOnePiece(engine, engine._writeCentralFileHeader, entry);
      length += 1;
      headers.push(header);
      headersInBytes += header.length;
      if (headersInBytes >= blockInBytes) closeBlock();
    },
    async write(room) {
      closeBlock();
      const begin = engine.offset;
      for (const block of blocks) {
        engine.write(inflateRawSync(block));
        await room();
      }
      end = engine.offset;
      engine.offset = begin;
    },
    /** The engine takes for the directory what is written here. It is on its way already. */
    forEach() {
      engine.offset = end;
    },
  };
}
