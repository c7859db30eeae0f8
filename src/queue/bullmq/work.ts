import { storable, storableText } from '../../domain/storable.ts';
import { HandedBack, type JobInHand, type Topic, type WorkOptions } from '../queue.ts';
import {
  type Backend,
  Job,
  type Processor,
  UnrecoverableError,
  WaitingError,
  type Worker,
} from './backend.ts';
import { latestOnly } from './latest-only.ts';
import { nextFiring } from './next-firing.ts';
import { type Pace, pauseAfter } from './pace.ts';

export type Handle<Data> = (job: JobInHand<Data>) => Promise<void>;

/** Starts a BullMQ worker on a server that was reached. */
export function startWorker<Data>(
  backend: Backend,
  topic: Topic<Data>,
  handle: Handle<Data>,
  { concurrency = 1, pace, onError }: WorkOptions & { pace: Pace; onError: (error: Error) => void },
) {
  // BullMQ makes a signal only for a function that names three parameters.
  const process: Processor = (job, token, signal) =>
    orHandBack(job, token, () => handle(inHand(topic, job, signal ?? never)));
  const worker = backend.worker(topic.name, process, {
    concurrency,
    lockDuration: pace.lockMs,
    stalledInterval: pace.stalledCheckMs,
    runRetryDelay: 1000,
    // A job that outlives its worker is always handed on; `attempt` tells the handler how often that was.
    maxStalledCount: 1_000_000,
    settings: { backoffStrategy: (tries) => pauseAfter(tries, pace), repeatStrategy: nextFiring },
  });
  worker.on('error', onError);
  worker.on('failed', (_job, error) => {
    if (error instanceof UnrecoverableError) onError(error);
  });
  worker.on('lockRenewalFailed', (ids: string[]) => {
    for (const id of ids) void letGo(worker, id).catch(onError);
  });
  return worker;
}

/**
 * Ends the work on a job that this worker may no longer call its own. A server that lost its data knows of no job and gives it to
 * nobody else: then it is gone on with, or nobody would ever hear how it ended. While nothing is known it is asked again with the
 * next renewal.
 */
async function letGo(worker: Worker, id: string): Promise<void> {
  const known = await Job.fromId(worker, id);
  if (known !== undefined) worker.cancelJob(id, 'The job was lost to another worker.');
}

const never = new AbortController().signal;

/** https://docs.bullmq.io/patterns/process-step-jobs#waiting-error */
async function orHandBack(job: Job, token: string | undefined, handle: () => Promise<void>): Promise<void> {
  try {
    await handle();
  } catch (thrown) {
    if (!(thrown instanceof HandedBack)) throw inStorableWords(thrown);
    await job.moveToWait(token);
    throw new WaitingError();
  }
}

/** BullMQ keeps the words of what was thrown. A store that refused them would leave the job unfinished for ever. */
function inStorableWords(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return storable(thrown);
  const [message, stack] = [thrown.message, thrown.stack ?? ''];
  const words = { message: storableText(message), stack: storableText(stack) };
  return words.message === message && words.stack === stack ? thrown : Object.assign(thrown, words);
}

function inHand<Data>(topic: Topic<Data>, job: Job, signal: AbortSignal): JobInHand<Data> {
  return {
    id: job.id ?? '',
    data: parsed(topic, job),
    attempt: job.attemptsStarted,
    deaths: job.stalledCounter,
    isLastAttempt: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
    progress: latestOnly((facts) => job.updateProgress(storable(facts))),
    signal,
  };
}

/** A job that another version wrote and this one cannot read is not tried again. */
function parsed<Data>({ schema, name }: Topic<Data>, job: Job): Data {
  const read = schema.safeParse(job.data);
  if (read.success) return read.data;
  throw new UnrecoverableError(`Job ${job.id} of ${name} cannot be read: ${read.error.message}`);
}
