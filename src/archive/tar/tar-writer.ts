import type { Readable } from 'node:stream';
import { TarArchive } from 'archiver';

export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode: number;
  readonly date: Date;
  readonly uid: number;
  readonly gid: number;
  /** Where a link leads; of a hard link, the name that has the content. */
  readonly linkname?: string;
}

export interface TarWriter {
  readonly stream: Readable;
  /** Settles when the entry is written and there is room for the next; one at a time. */
  append(entry: TarEntry, content?: TarContent): Promise<void>;
  /** No entry comes any more. */
  finish(): Promise<void>;
}

/** Content, of exactly that size. */
export interface TarContent {
  readonly stream: Readable;
  readonly sizeInBytes: number;
}

/** archiver's tar, one entry after the other. Sparse files are as large in it as they look. */
export function openTar(level: number, signal: AbortSignal): TarWriter {
  const archive = new TarArchive({ gzip: true, gzipOptions: { level } });
  let giveUp: (reason: unknown) => void = () => undefined;
  signal.addEventListener('abort', () => giveUp(signal.reason));

  return {
    stream: archive,
    async append(entry, content) {
      const written = new Promise<void>((resolve, reject) => {
        giveUp = reject;
        archive.once('entry', () => resolve());
        // archiver would wait forever for content that fails.
        content?.stream.once('error', reject);
      });
      archive.append(content?.stream ?? '', archiverData(entry, content));
      await written;
    },
    finish: () => archive.finalize(),
  };
}

/**
 * archiver takes a backslash for a slash and `note:` for a drive, and a header of tar has no room for large numbers and parts of
 * seconds. What a pax header says goes before both.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "pax Extended Header"
 */
function archiverData(entry: TarEntry, content?: TarContent) {
  const { uid, gid, name, linkname } = entry;
  const seconds = (entry.date.getTime() / 1000).toFixed(3);
  const pax = { path: name, mtime: seconds, uid, gid, ...(linkname !== undefined && { linkpath: linkname }) };
  // A cast, because the types know neither hard links nor what tar-stream, beneath it, is given.
  return { ...entry, pax, ...(content && { stats: { size: content.sizeInBytes } }) } as object as {
    name: string;
  };
}
