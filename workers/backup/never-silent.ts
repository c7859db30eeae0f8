import { Readable } from 'node:stream';
import { humanDuration } from '../../src/domain/units.ts';

interface Limit {
  /** What it is that gives the bytes: `mysql shop on 127.0.0.1`. */
  readonly title: string;
  readonly stallTimeoutInMs: number;
}

/**
 * The same bytes. Fails with a sentence when none comes for so long while somebody waits for one; that nobody takes any,
 * because a destination is slow, is none of its business.
 */
export function neverSilent(content: Readable, limit: Limit): Readable {
  const chunks = content[Symbol.asyncIterator]();

  async function* heard(): AsyncGenerator<Buffer> {
    try {
      for (
        let next = await inTime(chunks.next(), limit);
        !next.done;
        next = await inTime(chunks.next(), limit)
      )
        yield next.value;
    } finally {
      content.destroy();
    }
  }

  const stream = Readable.from(heard(), { objectMode: false });
  // Whoever gives up while nothing comes does not wait for the next byte either.
  stream.once('close', () => content.destroy());
  return stream;
}

async function inTime<T>(next: Promise<T>, { title, stallTimeoutInMs }: Limit): Promise<T> {
  let patience: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error(silent(title, stallTimeoutInMs))), stallTimeoutInMs);
  });
  try {
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(patience);
  }
}

function silent(title: string, stallTimeoutInMs: number): string {
  return `${title} gave no byte for ${humanDuration(stallTimeoutInMs / 1000)}, so the run was ended. It may hang, or wait for a lock; if it only is slow, give the app a longer stallTimeout.`;
}
