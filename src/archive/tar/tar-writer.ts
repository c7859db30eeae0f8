import type { Readable } from 'node:stream';
import { type EntryData, TarArchive } from 'archiver';
import { hasOtherBytes } from '../naming/bytes.ts';
import { paxHeader } from './pax-header.ts';

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
      const isPlain = !hasOtherBytes(entry.name) && !hasOtherBytes(entry.linkname ?? '');
      if (!isPlain) writeBetweenEntries(archive, paxHeader({ hdrcharset: 'BINARY', ...paxOf(entry) }));

      const written = new Promise<void>((resolve, reject) => {
        giveUp = reject;
        archive.once('entry', () => resolve());
        // archiver would wait forever for content that fails.
        content?.stream.once('error', reject);
      });
      const data = isPlain ? { ...entry, pax: paxOf(entry) } : { ...entry, ...plainNames(entry) };
      archive.append(content?.stream ?? '', archiverData(data, content));
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
function paxOf({ name, date, uid, gid, linkname }: TarEntry) {
  const mtime = (date.getTime() / 1000).toFixed(3);
  return { path: name, mtime, uid, gid, ...(linkname !== undefined && { linkpath: linkname }) };
}

/** Plain and short: for another name tar-stream would write a pax header of its own, which would replace the one before it. */
function plainNames({ linkname }: TarEntry) {
  return { name: 'file', ...(linkname !== undefined && { linkname: 'link' }) };
}

/** A cast, because the types know neither hard links nor what tar-stream, beneath archiver, is given. */
function archiverData(data: TarEntry, content?: TarContent): EntryData {
  const stats = content && { stats: { size: content.sizeInBytes } };
  return { ...data, date: inHeader(data.date), ...stats } as object as EntryData;
}

/** tar-stream has 31 bits for the seconds since 1970, and no sign: what is before or after is in the pax header alone. */
function inHeader(date: Date): Date {
  return new Date(Math.min(Math.max(date.getTime(), 0), 0x7fff_ffff * 1000));
}

/** Into tar-stream itself, a stream that takes bytes as they are. archiver has its formats in `_module`, and no way of its own. */
function writeBetweenEntries(archive: TarArchive, bytes: Buffer): void {
  const { engine } = (archive as unknown as { _module: { engine: Pick<Readable, 'push'> } })._module;
  engine.push(bytes);
}
