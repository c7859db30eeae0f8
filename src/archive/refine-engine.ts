import type { Entry } from './archive.ts';
import { levelOf } from './compression.ts';
import { dressEntry } from './dress-entry.ts';
import type { Packed } from './packed.ts';
import { type EngineEntry, type EntryList, inOnePiece, type ZipEngine } from './zip-engine.ts';

// A bigger one costs a small entry memory, a smaller one costs a large entry trips between threads.
const deflatedAtOnceInBytes = 64 * 1024;

type BeginEntry = (entry: Entry, packed?: Packed) => void;

/** Gives what is to be told about each entry before archiver is: content that is packed already goes in as it is. */
export function refineEngine(engine: ZipEngine, directory: EntryList): BeginEntry {
  const { _normalizeEntry, _appendBuffer, _writeLocalFileHeader, _writeDataDescriptor } = engine;
  engine._entries = directory;
  engine._writeLocalFileHeader = (written) =>
    engine.write(inOnePiece(engine, _writeLocalFileHeader, written));
  engine._writeDataDescriptor = (written) => engine.write(inOnePiece(engine, _writeDataDescriptor, written));

  return (entry, packed) => {
    engine.options.zlib = { level: levelOf(entry.name), chunkSize: deflatedAtOnceInBytes };
    engine._normalizeEntry = (written) => {
      _normalizeEntry.call(engine, written);
      dressEntry(written, entry);
    };
    engine._appendBuffer = (written, content, done) => {
      if (packed === undefined) return _appendBuffer.call(engine, written, content, done);
      writePacked(engine, written, packed);
      done(null, written);
    };
  };
}

function writePacked(engine: ZipEngine, written: EngineEntry, packed: Packed): void {
  written.setMethod(packed.isDeflated ? 8 : 0);
  written.getGeneralPurposeBit().useDataDescriptor(false);
  written.setCrc(packed.crc32);
  written.setSize(packed.sizeInBytes);
  written.setCompressedSize(packed.bytes.length);
  engine._writeLocalFileHeader(written);
  engine.write(packed.bytes);
  engine._afterAppend(written);
}
