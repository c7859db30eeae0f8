import { Readable } from 'node:stream';

/** A stream that is filled from outside, and says when there is room. */
export interface Feed {
  readonly content: Readable;
  /** Puts a chunk in. When that fills it: settles once there is room again, or the feed is closed. */
  offer(chunk: Buffer): Promise<void> | undefined;
  /** There is no more to come. */
  end(): void;
  /** Nobody reads any more, or nobody shall; with a reason the reader fails with it. */
  close(reason?: Error): void;
  isClosed(): boolean;
}

/** How much may wait for the reader. What one read takes is written at once, so this is also the size of a write. */
const roomInBytes = 1024 * 1024;

/** `onRead` hears whenever the reader has taken something. */
export function openFeed(onRead: () => void): Feed {
  let closed = false;
  let makeRoom = () => {};
  const content = new Readable({
    highWaterMark: roomInBytes,
    read() {
      onRead();
      makeRoom();
    },
  });
  // A reader that has failed listens no more, and an error nobody listens to would end the process.
  content.on('error', () => {});

  return {
    content,
    offer(chunk) {
      if (closed || content.push(chunk)) return undefined;
      return new Promise<void>((resolve) => {
        makeRoom = resolve;
      });
    },
    end() {
      if (!closed) content.push(null);
    },
    close(reason) {
      closed = true;
      if (reason !== undefined) content.destroy(reason);
      makeRoom();
    },
    isClosed: () => closed,
  };
}
