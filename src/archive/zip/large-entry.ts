import type { SystemFault } from '../archive.ts';
import type { Codec } from './codec.ts';
import { combineCrc32 } from './crc32.ts';
import { dataDescriptor, type Header, localFileHeader, type Sizes } from './format.ts';
import { factsOf } from './item.ts';
import type { Ledger } from './ledger.ts';
import type { Begin, ReadVersions } from './step.ts';
import type { PackedBlock } from './task.ts';

/** An entry that is written in blocks; its sizes follow it. */
export interface LargeEntry {
  begin(): Uint8Array[];
  add(block: PackedBlock): Uint8Array[];
  /** @throws what the entry says to how its file was read. */
  end(file?: ReadVersions): Uint8Array[];
}

export function largeEntry({ entry, mostInBytes }: Begin, codec: Codec, ledger: Ledger): LargeEntry {
  const header: Header = {
    ...factsOf(entry),
    compressionMethod: codec.method,
    sizesFollow: mostInBytes > surelySmallInBytes ? 'zip64' : 'zip32',
  };
  const relativeOffset = ledger.offset();
  const ending = codec.large.kind === 'in blocks' ? codec.large.ending : Buffer.alloc(0);
  let sizes: Sizes = { crc32: 0, compressedSize: ending.length, uncompressedSize: 0 };
  let fault: SystemFault | undefined;
  let isOver = false;

  return {
    begin: () => [localFileHeader(header)],
    add(block) {
      // What comes after a short block belongs elsewhere in the file.
      if (isOver) return [];
      isOver = block.isShort ?? false;
      fault = block.fault;
      sizes = extended(sizes, block);
      ledger.count(entry, block.uncompressedSize);
      return [block.bytes];
    },
    end(file) {
      const readInBytes = sizes.uncompressedSize;
      if (fault) entry.onDisk?.hear({ kind: 'stopped', fault, readInBytes });
      else if (file) entry.onDisk?.hear({ kind: 'read', ...file, readInBytes });
      ledger.enter(entry, header, sizes, relativeOffset);
      return [ending, dataDescriptor(header, sizes)];
    },
  };
}

// What does not shrink grows a little; from here on it could pass 4 GiB, where sizes need eight bytes.
const surelySmallInBytes = 0xf000_0000;

function extended(sizes: Sizes, { bytes, crc32, uncompressedSize }: PackedBlock): Sizes {
  return {
    crc32: combineCrc32(sizes.crc32, crc32, uncompressedSize),
    compressedSize: sizes.compressedSize + bytes.length,
    uncompressedSize: sizes.uncompressedSize + uncompressedSize,
  };
}
