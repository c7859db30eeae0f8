import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type CentralDirectory, endOfCentralDirectory } from './format.ts';
import { inMemoryOfItsOwn } from './memory.ts';

/** The table of contents at the end of an archive, gathered while it is written. */
export interface Directory {
  add(header: Buffer): void;
  /** All of it, with the records that end the archive; it begins at `offset`. */
  bytes(offset: number): Iterable<Buffer>;
}

/** Kept as the bytes it will be, compressed: some 20 an entry, where a million entries would take 100 MB otherwise. */
export function openDirectory(): Directory {
  const blocks: Buffer[] = [];
  let headers: Buffer[] = [];
  let headersInBytes = 0;
  let totalNumberOfEntries = 0;
  let size = 0;

  function closeBlock(): void {
    blocks.push(inMemoryOfItsOwn(deflateRawSync(Buffer.concat(headers), { level: 1 })));
    headers = [];
    headersInBytes = 0;
  }

  return {
    add(header) {
      headers.push(header);
      headersInBytes += header.length;
      size += header.length;
      totalNumberOfEntries += 1;
      if (headersInBytes >= blockInBytes) closeBlock();
    },
    *bytes(offset) {
      closeBlock();
      for (const block of blocks) yield inflateRawSync(block);
      const directory: CentralDirectory = { totalNumberOfEntries, size, offset };
      yield endOfCentralDirectory(directory);
    },
  };
}

const blockInBytes = 64 * 1024;
