import { Readable } from 'node:stream';

/**
 * A stream of what a generator yields. Unlike `Readable.from`, it can be destroyed while the generator waits: `close` then has to
 * make that wait end.
 */
export function streamOf(
  bytes: AsyncGenerator<Uint8Array>,
  close: (error: Error | null) => Promise<void>,
): Readable {
  return new Readable({
    highWaterMark: 1024 * 1024,
    read() {
      bytes.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      close(error).then(() => done(error), done);
    },
  });
}
