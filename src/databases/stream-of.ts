import { Readable } from 'node:stream';
import { untilAborted } from './until-aborted.ts';

/**
 * What `make` yields, as a stream that waits for its reader. Whoever destroys the stream aborts the signal that `make`
 * was given, at once, even while nothing comes; the stream is closed when `make` has tidied up behind itself.
 */
export function streamOf(
  make: (signal: AbortSignal) => AsyncGenerator<Buffer>,
  signal: AbortSignal,
): Readable {
  const left = new AbortController();
  const chunks = make(AbortSignal.any([signal, left.signal]));

  const stream = new Readable({
    read() {
      chunks.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error) => this.destroy(error),
      );
    },
    destroy(error, closed) {
      left.abort(error ?? undefined);
      chunks.return(undefined).then(
        () => closed(error),
        (untidy) => closed(error ?? untidy),
      );
    },
  });
  return untilAborted(signal, stream);
}
