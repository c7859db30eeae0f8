import { blockInBytes } from './sizes.ts';

/**
 * A stream's bytes in blocks of a MiB, of which only the last is shorter; none when the stream is empty. Each has memory of its
 * own, which can be handed to a thread: what a stream gives may be shared with others.
 */
export async function* blocksOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer<ArrayBuffer>> {
  let chunks: Buffer[] = [];
  let gathered = 0;
  for await (const chunk of content) {
    let rest = chunk;
    while (gathered + rest.length >= blockInBytes) {
      const last = rest.subarray(0, blockInBytes - gathered);
      rest = rest.subarray(last.length);
      yield joined([...chunks, last], blockInBytes);
      [chunks, gathered] = [[], 0];
    }
    chunks.push(rest);
    gathered += rest.length;
  }
  if (gathered > 0) yield joined(chunks, gathered);
}

function joined(chunks: readonly Buffer[], sizeInBytes: number): Buffer<ArrayBuffer> {
  const block = Buffer.allocUnsafeSlow(sizeInBytes);
  let at = 0;
  for (const chunk of chunks) at += chunk.copy(block, at);
  return block;
}
