import { MessageChannel } from 'node:worker_threads';

/**
 * Gives memory back at once. Otherwise it waits for the garbage collector, which knows how small a buffer is and not how large what
 * it stands for: tens of MiB gather in each thread, and new memory costs more than the old one again. What is sent to a closed port
 * is given away and arrives nowhere; `ArrayBuffer.transfer` would say it plainly, from Node 21 on.
 */
export function giveBack(bytes: Buffer<ArrayBuffer>): void {
  if (!sharesMemory(bytes)) nowhere.postMessage(undefined, [bytes.buffer]);
}

/** What can be handed to another thread, and what may be kept without keeping others' bytes with it. */
export function inMemoryOfItsOwn(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (!sharesMemory(bytes)) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

/** Small buffers do. https://nodejs.org/api/buffer.html#class-property-bufferpoolsize */
function sharesMemory({ buffer }: Buffer<ArrayBuffer>): boolean {
  return buffer.byteLength <= Buffer.poolSize;
}

const nowhere = new MessageChannel().port1;
nowhere.close();
