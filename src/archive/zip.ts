import { pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ArchiveFormat } from './archive.ts';
import { gather } from './gather.ts';
import { writeEntries } from './write-entries.ts';
import { zipWriter } from './zip-writer.ts';

/**
 * A zip as every system opens it: UTF-8 names, permissions, moments of modification, links as links, any size.
 * Memory grows by some 20 bytes an entry, and with nothing else.
 */
export const zip: ArchiveFormat = (entries, { signal, onContent }) => {
  const stream = gather();
  const closed = new AbortController();
  stream.once('close', () => closed.abort(stream.errored));

  const writer = zipWriter(closed.signal);
  // What goes wrong on the way is told by `stream` and `summary`.
  pipeline(writer.stream, stream, () => undefined);
  // Only now: Node 24 refuses to pipe into what is already destroyed.
  onAbort(signal, () => stream.destroy(reasonOf(signal)), closed.signal);
  const written = writeEntries(entries, writer, { signal: closed.signal, ...(onContent && { onContent }) });
  written.catch((error: Error) => stream.destroy(error));

  const summary = finished(stream).then(() => written);
  // Nobody has to look at it: the error is the stream's, too.
  summary.catch(() => undefined);
  return { stream, summary };
};

function onAbort(signal: AbortSignal, act: () => void, until: AbortSignal): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true, signal: until });
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
