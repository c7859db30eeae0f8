import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { strict } from '../domain/strict.ts';
import type { ArchiveFormat } from './archive.ts';
import { destroyOnAbort } from './on-abort.ts';
import { archiveBytes } from './zip/archive-bytes.ts';
import { codecOf } from './zip/codecs.ts';
import { openLedger } from './zip/ledger.ts';
import { startThread } from './zip/start-thread.ts';
import { streamOf } from './zip/stream-of.ts';
import type { Task } from './zip/task.ts';
import { openThreads } from './zip/threads.ts';
import { hasZstd } from './zip/zstd-codec.ts';

const Level = z
  .union([z.int().min(0).max(9), z.literal('zstd')], '0 to 9, or zstd.')
  .refine((level) => level !== 'zstd' || hasZstd, {
    error: `This Node, ${process.versions.node}, cannot compress with zstd: that came with 22.15. Take a newer one, or a level from 0 to 9.`,
  });

export const ZipOptions = strict({
  format: z.literal('zip'),
  compression: strict({
    /** What does not get smaller, such as photos, is stored as it is, whatever the level. */
    level: Level.default(5).describe(
      'How hard to compress: 0, not at all, to 9, or zstd, which is twice as fast and needs a recent program to open. 5 makes about what `zip` makes.',
    ),
  })
    .prefault({})
    .describe('How content is made smaller.'),
  threads: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('How many threads read and compress. Left out: as many as the machine has cores, up to 8.'),
});
export type ZipOptions = z.infer<typeof ZipOptions>;

/**
 * A zip as every system opens it: UTF-8 names, permissions, moments of modification, links as links, any size. Threads read and
 * compress, and what comes of it is written here in its order. Memory holds what is on its way, and some 20 bytes an entry.
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
