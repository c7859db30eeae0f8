import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Batch } from './batch.ts';
import { blocksOf } from './blocks-of.ts';
import type { InOneGo } from './codec.ts';
import { combineCrc32 } from './crc32.ts';
import type { Line } from './line.ts';
import { doesNotUnpack } from './proven.ts';
import type { FileEntry } from './step.ts';

/**
 * Content that is compressed from its beginning to its end by Node's own threads, and unpacked again beside that.
 * @throws when it does not unpack to what it was. It is in the archive by then, which must not be kept.
 */
export async function sendInOneGo(entry: FileEntry, { compress, unpack }: InOneGo, batch: Batch, line: Line) {
  const content = await entry.open();
  if (content === undefined) return;

  let since = nothing;
  let sum = 0;

  async function* counted(chunks: AsyncIterable<Buffer>) {
    // In blocks, because each piece is a trip to another thread.
    for await (const block of blocksOf(chunks)) {
      since = {
        crc32: crc32(block, since.crc32),
        uncompressedSize: since.uncompressedSize + block.length,
      };
      yield block;
    }
  }

  async function* sent(compressed: AsyncIterable<Buffer<ArrayBuffer>>) {
    for await (const bytes of compressed) {
      await put(bytes);
      yield bytes;
    }
    await put(Buffer.alloc(0));
  }

  function put(bytes: Buffer<ArrayBuffer>): Promise<void> {
    const block = { bytes, ...since };
    sum = combineCrc32(sum, block.crc32, block.uncompressedSize);
    since = nothing;
    return line.put(Promise.resolve({ kind: 'block', block }), bytes.length);
  }

  async function compared(unpacked: AsyncIterable<Buffer>): Promise<void> {
    let sumUnpacked = 0;
    for await (const chunk of unpacked) sumUnpacked = crc32(chunk, sumUnpacked);
    if (sumUnpacked !== sum) throw spoilt();
  }

  const stop = () => content.destroy();
  line.signal.addEventListener('abort', stop);
  try {
    await batch.send();
    await line.put(Promise.resolve({ kind: 'begin', entry, mostInBytes: Number.POSITIVE_INFINITY }));
    await pipeline(content, counted, compress(), sent, unpack(), compared);
  } catch (error) {
    throw isOfZlib(error) ? spoilt(error) : error;
  } finally {
    line.signal.removeEventListener('abort', stop);
    content.destroy();
  }
  await line.put(Promise.resolve({ kind: 'end' }));
}

/** What went in since bytes last came out. */
const nothing = { crc32: 0, uncompressedSize: 0 };

/** `Z_DATA_ERROR`, `ZSTD_error_corruption_detected`. https://nodejs.org/api/zlib.html#error-codes-and-return-values */
function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code));
}

function spoilt(cause?: unknown): Error {
  return new Error(`Could not make the archive, because ${doesNotUnpack} Run it again.`, { cause });
}
