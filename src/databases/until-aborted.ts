import { addAbortSignal, type Readable } from 'node:stream';

/**
 * Ends `content` with the signal. Whoever reads it hears of that, also when they begin to later; an error that nobody listens to
 * by then would end the process.
 */
export function untilAborted(signal: AbortSignal, content: Readable): Readable {
  content.on('error', () => {});
  return addAbortSignal(signal, content);
}
