import { pipeline } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { Batch } from './batch.ts';
import type { InOneGo } from './codec.ts';
import type { Line } from './line.ts';
import type { FileEntry } from './step.ts';
import type { PackedBlock } from './task.ts';

/** Content that is compressed from its beginning to its end by one of Node's own threads. */
export async function sendInOneGo(entry: FileEntry, { compress }: InOneGo, batch: Batch, line: Line) {
  const content = await entry.open();
  if (content === undefined) return;

  await batch.send();
  await line.put(Promise.resolve({ kind: 'begin', entry, mostInBytes: Number.POSITIVE_INFINITY }));
  let since = nothing;

  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      since = {
        crc32: crc32(chunk, since.crc32),
        uncompressedSize: since.uncompressedSize + chunk.length,
      };
      yield chunk;
    }
  }

  function put(bytes: Buffer<ArrayBuffer>): Promise<void> {
    const block: PackedBlock = { bytes, ...since };
    since = nothing;
    return line.put(Promise.resolve({ kind: 'block', block }), bytes.length);
  }

  // What goes wrong in it ends the loop.
  const compressed = pipeline(content, counted, compress(), () => {});
  const stop = () => compressed.destroy();
  line.signal.addEventListener('abort', stop);
  try {
    for await (const bytes of compressed) await put(bytes);
  } finally {
    line.signal.removeEventListener('abort', stop);
    content.destroy();
  }
  await put(Buffer.alloc(0));
  await line.put(Promise.resolve({ kind: 'end' }));
}

/** What went in since bytes last came out. */
const nothing = { crc32: 0, uncompressedSize: 0 };
