import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import type { ArchiveFormat } from './archive.ts';
import { destroyOnAbort } from './on-abort.ts';
import { archiveBytes } from './zip/archive-bytes.ts';
import { codecOf } from './zip/codecs.ts';
import { openLedger } from './zip/ledger.ts';
import type { ZipOptions } from './zip/options.ts';
import { startThread } from './zip/start-thread.ts';
import { streamOf } from './zip/stream-of.ts';
import type { Task } from './zip/task.ts';
import { openThreads } from './zip/threads.ts';

/**
 * A zip as every system opens it: UTF-8 names, permissions, owners, moments of modification, links as links, any size. Threads read and
 * compress, and what comes of it is written here in its order. Memory holds what is on its way, and some 20 bytes an entry
 * for the table of contents.
 */
export function zipFormat({
  compression,
  threads: count = fromCores(),
}: Omit<ZipOptions, 'format'>): ArchiveFormat {
  return (entries, { signal, onContent }) => {
    const ledger = openLedger(onContent);
    const threads = openThreads<Task, unknown>(count, () => startThread(compression));
    const closed = new AbortController();
    const tools = { codec: codecOf(compression), ledger, threads, signal: closed.signal };

    const stream = streamOf(archiveBytes(entries, tools), async (error) => {
      closed.abort(error ?? new Error('The archive was closed before its end.'));
      await threads.close();
    });
    destroyOnAbort(stream, signal, closed.signal);

    const summary = finished(stream).then(() => ledger.summary);
    // Nobody has to look at it: the error is the stream's, too.
    summary.catch(() => undefined);
    return { stream, summary };
  };
}

/** More threads than that would wait for this one, and each takes memory. */
function fromCores(): number {
  return Math.min(8, availableParallelism());
}
