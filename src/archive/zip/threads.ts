import type { Worker } from 'node:worker_threads';

/** Threads that carry out tasks, several at a time. */
export interface Threads<Task, Answer> {
  readonly count: number;
  /** What is in `handedOver` is the thread's from then on, and is not copied. */
  run(task: Task, handedOver?: readonly ArrayBuffer[]): Promise<Answer>;
  /** Ends them, whatever they are doing. Settles when none can touch a file any more. */
  close(): Promise<void>;
}

/**
 * Up to `count` threads, each started when all others have work. What one of them dies of fails every task, because the
 * archive cannot be completed then.
 */
export function openThreads<Task, Answer>(count: number, start: () => Worker): Threads<Task, Answer> {
  const threads: Thread<Task, Answer>[] = [];
  const waiting: Job<Task, Answer>[] = [];
  let end: Error | undefined;

  function next(): void {
    while (waiting.length > 0) {
      const thread = freeThread();
      const job = thread && waiting.shift();
      if (job === undefined) return;
      thread?.give(job);
    }
  }

  function freeThread(): Thread<Task, Answer> | undefined {
    const [freest] = threads.toSorted((a, b) => a.inHand() - b.inHand());
    if (freest?.inHand() === 0) return freest;
    if (threads.length < count) return startOne();
    return freest && freest.inHand() < tasksInHand ? freest : undefined;
  }

  function startOne(): Thread<Task, Answer> {
    const thread = openThread<Task, Answer>(start(), { onAnswer: next, onDeath: fail });
    threads.push(thread);
    return thread;
  }

  function fail(error: Error): void {
    end ??= error;
    for (const job of waiting.splice(0)) job.reject(end);
    for (const thread of threads) thread.giveUp(end);
  }

  return {
    count,
    run: (task, handedOver = []) =>
      new Promise((resolve, reject) => {
        if (end) return reject(end);
        waiting.push({ task, handedOver, resolve, reject });
        next();
      }),
    async close() {
      end ??= new Error('The archive was closed.');
      await Promise.all(threads.map((thread) => thread.stop()));
      fail(end);
    },
  };
}

/** One that waits in the thread itself, so that it need not wait for us. */
const tasksInHand = 2;

interface Job<Task, Answer> {
  readonly task: Task;
  readonly handedOver: readonly ArrayBuffer[];
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

interface Thread<Task, Answer> {
  inHand(): number;
  give(job: Job<Task, Answer>): void;
  giveUp(error: Error): void;
  stop(): Promise<void>;
}

interface Hearing {
  onAnswer(): void;
  onDeath(error: Error): void;
}

/** Answers come in the order of the tasks. */
function openThread<Task, Answer>(worker: Worker, { onAnswer, onDeath }: Hearing): Thread<Task, Answer> {
  const jobs: Job<Task, Answer>[] = [];
  worker.on('message', (answer: Answer) => {
    jobs.shift()?.resolve(answer);
    onAnswer();
  });
  worker.on('error', (cause) => onDeath(new ThreadDied(cause)));
  worker.on('exit', () => onDeath(new ThreadDied()));

  return {
    inHand: () => jobs.length,
    give(job) {
      jobs.push(job);
      worker.postMessage(job.task, job.handedOver);
    },
    giveUp(error) {
      for (const job of jobs.splice(0)) job.reject(error);
    },
    async stop() {
      await worker.terminate();
    },
  };
}

class ThreadDied extends Error {
  override readonly name = 'ThreadDied';

  constructor(cause?: Error) {
    const reason = cause ? `: ${cause.message}` : '.';
    super(
      `Could not make the archive, because a thread that compresses it died${reason} ` +
        'Run it again; if it dies again, give the worker more memory.',
      { cause },
    );
  }
}
