import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Once `stream` is closed, whether it ended well or not; its error is in `stream.errored`. */
export async function closed(stream: Readable): Promise<void> {
  if (stream.closed) return;
  stream.on('error', () => {});
  await once(stream, 'close').catch(() => {});
}
