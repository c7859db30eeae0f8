import { PassThrough, pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ArchiveFormat } from './archive.ts';
import { destroyOnAbort } from './on-abort.ts';
import type { TarOptions } from './tar/options.ts';
import { openTar } from './tar/tar-writer.ts';
import { writeEntries } from './tar/write-entries.ts';

/**
 * A tar.gz: what a zip has, and hard links. One thread compresses it, and single files cannot be taken out without reading
 * all before them. A tar has the size ahead of the content, so a dump is first written to the temporary folder.
 */
export function tarFormat({ compression }: Omit<TarOptions, 'format'>): ArchiveFormat {
  return (entries, { signal, onContent }) => {
    const stream = new PassThrough();
    const closed = new AbortController();
    stream.once('close', () => closed.abort(stream.errored));

    const tar = openTar(compression.level, closed.signal);
    // What goes wrong on the way is told by `stream` and `summary`.
    pipeline(tar.stream, stream, () => undefined);
    destroyOnAbort(stream, signal, closed.signal);
    const written = writeEntries(entries, tar, { signal: closed.signal, ...(onContent && { onContent }) });
    written.catch((error: Error) => stream.destroy(error));

    const summary = finished(stream).then(() => written);
    // Nobody has to look at it: the error is the stream's, too.
    summary.catch(() => undefined);
    return { stream, summary };
  };
}
