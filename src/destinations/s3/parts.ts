/** A piece of what is sent. */
export interface Part {
  /** 1 is the first. */
  readonly number: number;
  /** Lent: the memory is used for another part once this one is given back. */
  readonly bytes: Buffer;
  readonly isLast: boolean;
  giveBack(): void;
}

interface Cut {
  readonly sizeInBytes: number;
  /** How many are out at once; whoever wants one more waits until one is given back. */
  readonly most: number;
}

/**
 * Cuts `content` into parts of one size; only the last may be smaller, or even empty when it is the first. Memory: `most` times
 * that size, made once, however long the content is. New buffers for each part would lie about until Node gets round to freeing them.
 */
export async function* partsOf(
  content: AsyncIterable<Buffer | string>,
  { sizeInBytes, most }: Cut,
): AsyncGenerator<Part, void, void> {
  const buffers = lendBuffers(sizeInBytes, most);
  let buffer = await buffers.take();
  let filled = 0;
  let number = 0;

  function cut(isLast: boolean): Part {
    const lent = buffer;
    number += 1;
    return { number, bytes: lent.subarray(0, filled), isLast, giveBack: () => buffers.giveBack(lent) };
  }

  for await (const piece of content) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    for (let at = 0; at < chunk.length; ) {
      if (filled === sizeInBytes) {
        yield cut(false);
        buffer = await buffers.take();
        filled = 0;
      }
      const copied = chunk.copy(buffer, filled, at);
      filled += copied;
      at += copied;
    }
  }
  yield cut(true);
}

/** One at a time may wait. */
function lendBuffers(sizeInBytes: number, most: number) {
  const free: Buffer[] = [];
  let made = 0;
  let hand: ((buffer: Buffer) => void) | undefined;

  return {
    async take(): Promise<Buffer> {
      const buffer = free.pop();
      if (buffer !== undefined) return buffer;
      if (made === most) return new Promise<Buffer>((resolve) => (hand = resolve));
      made += 1;
      return Buffer.allocUnsafeSlow(sizeInBytes);
    },
    giveBack(buffer: Buffer) {
      if (hand === undefined) return void free.push(buffer);
      hand(buffer);
      hand = undefined;
    },
  };
}
