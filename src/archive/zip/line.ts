import type { Codec } from './codec.ts';
import type { InOrder } from './in-order.ts';
import { entryOnTheWayInBytes } from './sizes.ts';
import type { Step } from './step.ts';
import type { AnswerTo, Task } from './task.ts';
import type { Threads } from './threads.ts';

/** The way of content into the archive: through a thread, and then to its place. */
export interface Line {
  readonly signal: AbortSignal;
  readonly codec: Codec;
  /** Carries a task out in a thread. Bytes of the task are gone from here. */
  run<T extends Task>(task: T): Promise<AnswerTo<T>>;
  /** The next step. Settles when there is room for another; `contentInBytes` is what it takes until it is written. */
  put(step: Promise<Step>, contentInBytes?: number): Promise<void>;
}

interface Ends {
  readonly codec: Codec;
  readonly threads: Threads<Task, unknown>;
  readonly order: InOrder<Step>;
  readonly signal: AbortSignal;
}

export function openLine({ codec, threads, order, signal }: Ends): Line {
  return {
    signal,
    codec,
    // A cast, because threads do not know what they carry: thread.ts answers to each kind of task with its own.
    run: <T extends Task>(task: T) => threads.run(task, bytesOf(task)) as Promise<AnswerTo<T>>,
    put: (step, contentInBytes = 0) => order.add(step, contentInBytes + entryOnTheWayInBytes),
  };
}

function bytesOf(task: Task): ArrayBuffer[] {
  switch (task.kind) {
    case 'entries':
      return task.items.flatMap(({ content }) => content?.buffer ?? []);
    case 'block':
      return [task.content.buffer];
    case 'file block':
      return [];
  }
}
