import { MessageChannel } from 'node:worker_threads';

/**
 * Gives memory back at once. Otherwise it waits for the garbage collector, which knows how small a buffer is and not how large what
 * it stands for: tens of MiB gather in each thread, and new memory costs more than the old one again. What is sent to a closed port
 * is given away and arrives nowhere; `ArrayBuffer.transfer` would say it plainly, from Node 21 on.
 */
export function giveBack({ buffer }: Buffer<ArrayBuffer>): void {
  if (buffer.byteLength > Buffer.poolSize) nowhere.postMessage(undefined, [buffer]); // Small ones share memory.
}

const nowhere = new MessageChannel().port1;
nowhere.close();
