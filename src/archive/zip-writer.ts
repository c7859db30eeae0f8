import type { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { ZipArchive } from 'archiver';
import type { Entry } from './archive.ts';
import type { Packed } from './packed.ts';
import { refineEngine } from './refine-engine.ts';
import { compactDirectory } from './zip-directory.ts';
import { engineOf } from './zip-engine.ts';

export interface ZipWriter {
  readonly stream: Readable;
  /** Settles when the entry is written and there is room for the next; one at a time. */
  append(entry: Entry, content: Packed | Readable | undefined): Promise<void>;
  /** No entry comes any more. */
  finish(): Promise<void>;
}

/** archiver, with exact times and names, large entries, and the directory of a million entries in little memory. */
export function zipWriter(signal: AbortSignal): ZipWriter {
  const archive = new ZipArchive({ highWaterMark: 64 * 1024 });
  const engine = engineOf(archive);
  const directory = compactDirectory(engine);
  const beginEntry = refineEngine(engine, directory);
  const untilNext = waiting(signal);

  // Headers do not wait for room by themselves: a million empty folders would all be waiting in memory.
  async function room(): Promise<void> {
    if (engine.writableNeedDrain) await untilNext(engine, 'drain');
  }

  return {
    stream: archive,
    async append(entry, content) {
      const isStream = content instanceof Readable;
      beginEntry(entry, isStream ? undefined : content);
      archive.append(isStream ? content : '', archiverData(entry));
      await untilNext(archive, 'entry');
      await room();
    },
    async finish() {
      await directory.write(room);
      await archive.finalize();
    },
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

/** The name is a stand-in: archiver takes a backslash for a slash and `note:` for a drive. `dressEntry` sets the real one. */
function archiverData(entry: Entry) {
  const facts = { name: 'entry', date: entry.modifiedAt, mode: entry.mode };
  if (entry.kind === 'folder') return { ...facts, type: 'directory' as const };
  if (entry.kind === 'link') return { ...facts, type: 'symlink' as const, linkname: entry.target };
  return { ...facts, type: 'file' as const };
}
