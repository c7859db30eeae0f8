import { Readable } from 'node:stream';
import type { Entry, FileOnDisk, ReadOutcome } from '../archive.ts';
import { spool } from './spool.ts';
import type { TarContent } from './tar-writer.ts';

/** Content with its size, which a tar has ahead of it: a file's is known, a dump's only when it is over. */
export async function contentOf(
  { sizeInBytes, onDisk }: Extract<Entry, { kind: 'file' }>,
  content: Readable,
): Promise<TarContent> {
  if (sizeInBytes === undefined) return spool(content);
  if (sizeInBytes === 0) return spoolUnlessEmpty(content);
  return { stream: Readable.from(exactly(content, sizeInBytes, onDisk), { objectMode: false }), sizeInBytes };
}

/** A file that says it has no size may have content, as those of /proc do. */
async function spoolUnlessEmpty(content: Readable): Promise<TarContent> {
  const chunks = (content as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return { stream: Readable.from([], { objectMode: false }), sizeInBytes: 0 };

  return spool(
    (async function* () {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })(),
  );
}

/** Cut off, or filled up with zeros, as tar itself does it with a file that has changed since it was looked at. */
async function* exactly(content: Readable, sizeInBytes: number, onDisk?: FileOnDisk): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const room = Math.max(0, sizeInBytes - seen);
    seen += chunk.length;
    if (room > 0) yield chunk.subarray(0, room);
  }
  if (seen > sizeInBytes) onDisk?.hear(grown(sizeInBytes, seen));
  for (let missing = sizeInBytes - seen; missing > 0; missing -= zeros.length)
    yield zeros.subarray(0, missing);
}

function grown(from: number, to: number): ReadOutcome {
  const version = (sizeInBytes: number) => ({ sizeInBytes, modifiedAtInMs: 0 });
  return { kind: 'read', opened: version(from), closed: version(to), readInBytes: from };
}

const zeros = Buffer.alloc(64 * 1024);
