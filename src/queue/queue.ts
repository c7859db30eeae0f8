import type { z } from 'zod';

/** A queue by name, and what its jobs look like. Only names and facts cross it; see `contracts.ts`. */
export interface Topic<Data> {
  readonly name: string;
  readonly schema: z.ZodType<Data>;
}

export interface NewJob<Data> {
  /** Unique; while a job is remembered (a day after it ended, unless many follow) adding the same id again adds nothing. No colons. */
  readonly id: string;
  readonly data: Data;
  /** While a job with this key is unfinished, no second one is added. */
  readonly once?: string;
  readonly delayInMs?: number;
  /** How often it is tried in all. Default 1. Between tries it waits ever longer. */
  readonly attempts?: number;
}

export type Added = { readonly added: true } | { readonly added: false; readonly metId: string };

export interface QueuedJob<Data> {
  readonly id: string;
  readonly data: Data;
  /** `waiting` includes delayed ones and those between two tries. */
  readonly state: 'waiting' | 'running';
  /** What the job last said of itself. */
  readonly progress: unknown;
}

/** How many jobs a topic has. */
export interface Depth {
  readonly waiting: number;
  readonly running: number;
}

export interface JobInHand<Data> {
  readonly id: string;
  readonly data: Data;
  /** 1 for the first start. Counts every further one: after a failure, the death of a worker, or being handed back. */
  readonly attempt: number;
  /** How many workers died with it in hand. */
  readonly deaths: number;
  readonly isLastAttempt: boolean;
  /** Tells followers; lossy. Never throws and never delays the job. */
  progress(facts: object): void;
  /** Aborted when the worker closes at once or the job was lost to another worker. */
  readonly signal: AbortSignal;
}

export interface Schedule<Data> {
  /** Five fields, or six with seconds first. */
  readonly cron: string;
  /** IANA zone the cron expression is in. */
  readonly zone: string;
  readonly data: Data;
  /** How often the job of a firing is tried in all. Default 1. */
  readonly attempts?: number;
}

/** A schedule as the queue has it. */
export interface Scheduled<Data> extends Required<Omit<Schedule<Data>, 'data'>> {
  readonly key: string;
  /** Left out when another version wrote it and this one cannot read it. */
  readonly data?: Data;
  /** The firing that comes next; in the past while nobody has taken its job yet. */
  readonly nextAt?: Date;
  /** It comes later than its cron expression says: the clock was ahead when it was put there. To put it again mends it. */
  readonly isTooLate?: true;
}

export interface WorkOptions {
  /** Jobs at a time. Default 1. */
  readonly concurrency?: number;
}

/** Something that goes on until it is closed. */
export interface Running {
  /** Finishes what is in hand, then stops. */
  close(): Promise<void>;
}

/**
 * Durable jobs between processes. A job is handed to one worker at a time; one whose worker died is handed to another.
 * While the server behind it is away, workers wait and carry on when it is back; `add` and the look-ups fail in words.
 */
export interface Queue {
  /** @throws {QueueError} @throws {JobRefused} when its content is refused. */
  add<Data>(topic: Topic<Data>, job: NewJob<Data>): Promise<Added>;
  /**
   * Adds a job at every firing, under `key`; the same key again replaces it, and with it a firing that nobody has taken
   * yet. Idempotent across processes. On a change of clocks it fires as `domain/schedule.ts` says. @throws {QueueError}
   */
  schedule<Data>(topic: Topic<Data>, key: string, schedule: Schedule<Data>): Promise<void>;
  /** All schedules of a topic, those that fire next first. @throws {QueueError} */
  schedules<Data>(topic: Topic<Data>): Promise<Scheduled<Data>[]>;
  /** @throws {QueueError} */
  unschedule<Data>(topic: Topic<Data>, key: string): Promise<void>;
  /** Takes a job that waits out again; false when it is in hand, has ended, or never was. @throws {QueueError} */
  withdraw<Data>(topic: Topic<Data>, id: string): Promise<boolean>;
  /** What is waiting or in hand, oldest first. @throws {QueueError} */
  unfinished<Data>(topic: Topic<Data>): Promise<QueuedJob<Data>[]>;
  /** How much that is, at the price of counting; the next firing of a schedule counts as one that waits. @throws {QueueError} */
  depth(topic: Pick<Topic<unknown>, 'name'>): Promise<Depth>;
  /**
   * Takes jobs one after another. A handler that throws has its job tried again, up to `attempts`; one that throws
   * {@link HandedBack} has it put back as if it had never been begun.
   */
  work<Data>(
    topic: Topic<Data>,
    handle: (job: JobInHand<Data>) => Promise<void>,
    options?: WorkOptions,
  ): Running;
  /** Calls `onProgress` for what running jobs say of themselves, from now on. */
  follow<Data>(topic: Topic<Data>, onProgress: (id: string, facts: unknown) => void): Promise<Running>;
  /** Takes away all that a topic holds. Nobody may work on it at the time. @throws {QueueError} */
  remove(topic: Pick<Topic<unknown>, 'name'>): Promise<void>;
  /** Closes every connection of this object; workers first finish what they have in hand. */
  close(): Promise<void>;
}

/** Thrown by a handler that cannot go on with a job which another worker can do as well. */
export class HandedBack extends Error {
  override name = 'HandedBack';
}

/** The queue said no or was not reached, in words. */
export class QueueError extends Error {
  override name = 'QueueError';
}

/** The server refused what is in the job, and would refuse it again. Add it with other content. */
export class JobRefused extends QueueError {
  override name = 'JobRefused';
}
