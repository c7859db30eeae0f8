import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { ZipArchive } from 'archiver';
import type { Entry } from './archive.ts';
import { compressionOf } from './compression.ts';
import { compactDirectory } from './zip-directory.ts';
import { engineOf, inOnePiece, type ZipEngine } from './zip-engine.ts';
import { dress } from './zip-entry.ts';

export interface ZipWriter {
  readonly stream: Readable;
  /** Settles when the entry is written and there is room for the next; one at a time. */
  append(entry: Entry, content: Readable | undefined): Promise<void>;
  /** No entry comes any more. */
  finish(): Promise<void>;
}

/** archiver, with exact times and names, large entries, and the directory of a million entries in little memory. */
export function zipWriter(signal: AbortSignal): ZipWriter {
  const archive = new ZipArchive({ highWaterMark: 64 * 1024 });
  const engine = engineOf(archive);
  const beginEntry = refine(engine);
  const untilNext = waiting(signal);

  return {
    stream: archive,
    async append(entry, content) {
      beginEntry(entry);
      archive.append(content ?? '', archiverData(entry));
      await untilNext(archive, 'entry');
      // Headers do not wait for room by themselves: a million empty folders would all be waiting in memory.
      if (engine.writableNeedDrain) await untilNext(engine, 'drain');
    },
    finish: () => archive.finalize(),
  };
}

/** Gives what to call before each entry. */
function refine(engine: ZipEngine): (entry: Entry) => void {
  const { _normalizeEntry, _writeLocalFileHeader, _writeDataDescriptor } = engine;
  engine._entries = compactDirectory(engine);
  engine._writeLocalFileHeader = (written) =>
    engine.write(inOnePiece(engine, _writeLocalFileHeader, written));
  engine._writeDataDescriptor = (written) => engine.write(inOnePiece(engine, _writeDataDescriptor, written));

  return (entry) => {
    engine.options.zlib = compressionOf(entry);
    engine._normalizeEntry = (written) => {
      _normalizeEntry.call(engine, written);
      dress(written, entry);
    };
  };
}

/** `once` of `node:events` with a signal, for a million events: it costs one listener instead of four each time. */
function waiting(signal: AbortSignal): (emitter: EventEmitter, event: string) => Promise<void> {
  let giveUp: (reason: unknown) => void = () => undefined;
  signal.addEventListener('abort', () => giveUp(signal.reason));

  return (emitter, event) =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      emitter.once(event, () => resolve());
    });
}

/** The name is a stand-in: archiver takes a backslash for a slash and `note:` for a drive. `dress` sets the real one. */
function archiverData(entry: Entry) {
  const facts = { name: 'entry', date: entry.modifiedAt, mode: entry.mode };
  if (entry.kind === 'folder') return { ...facts, type: 'directory' as const };
  if (entry.kind === 'link') return { ...facts, type: 'symlink' as const, linkname: entry.target };
  return { ...facts, type: 'file' as const };
}
