import type { Entry } from '../archive.ts';
import type { Codec } from './codec.ts';
import { inOrder } from './in-order.ts';
import { openLine } from './line.ts';
import { sendEntries } from './send-entries.ts';
import { onTheWayInBytes } from './sizes.ts';
import type { Step } from './step.ts';
import type { Task } from './task.ts';
import type { Threads } from './threads.ts';

interface Tools {
  readonly codec: Codec;
  readonly threads: Threads<Task, unknown>;
  readonly signal: AbortSignal;
}

/** The steps that `entries` take, in their order; threads are ahead of who asks for them, as far as memory has room. */
export async function* stepsOf(
  entries: AsyncIterable<Entry>,
  { codec, threads, signal }: Tools,
): AsyncGenerator<Step> {
  const order = inOrder<Step>((threads.count + 2) * onTheWayInBytes);
  const stop = () => order.fail(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    sendEntries(entries, openLine({ codec, threads, order, signal })).then(order.end, order.fail);
    for (let step = await order.next(); step !== undefined; step = await order.next()) yield step;
  } finally {
    signal.removeEventListener('abort', stop);
    // What selects the entries may wait for room, and would wait for ever.
    order.fail(new Error('Nobody asks for more.'));
  }
}
