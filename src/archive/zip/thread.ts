import { parentPort, workerData } from 'node:worker_threads';
import type { Codec, Compression, InBlocks } from './codec.ts';
import { codecOf } from './codecs.ts';
import { giveBack } from './memory.ts';
import { packBlock, packFileBlock } from './pack-block.ts';
import { packEntries } from './pack-entries.ts';
import { wholeInBytes } from './sizes.ts';
import type { AnswerTo, PackedBlock, Task } from './task.ts';

/*
 * What runs in a thread: it reads and compresses, one task after the other, and may block as it likes. What goes wrong with a
 * file is part of the answer; anything else ends the thread.
 */

// Whoever starts the thread gives it this; see start-thread.ts.
const codec = codecOf(workerData as Compression);

/** Files are read into the same memory over and over: it is in the processor's cache then. */
const room = Buffer.allocUnsafeSlow(wholeInBytes);

parentPort?.on('message', (task: Task) => {
  const answer = answerTo(task);
  parentPort?.postMessage(answer, [answer.bytes.buffer]);
});

function answerTo(task: Task): AnswerTo<Task> {
  switch (task.kind) {
    case 'entries':
      return packEntries(task.items, codec, room);
    case 'block':
      return packHandedOver(Buffer.from(task.content.buffer), inBlocks(codec));
    case 'file block':
      return packFileBlock(task.fd, task.range, inBlocks(codec), room);
  }
}

function packHandedOver(content: Buffer<ArrayBuffer>, large: InBlocks): PackedBlock {
  const packed = packBlock(content, large);
  giveBack(content);
  return packed;
}

function inBlocks({ large }: Codec): InBlocks {
  if (large.kind === 'in blocks') return large;
  throw new Error('What is compressed in one go cannot be compressed in blocks.');
}
