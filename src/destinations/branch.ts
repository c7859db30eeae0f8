import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import type { Stored } from '../domain/report.ts';
import { type Comparison, compare } from './compare.ts';
import { type Content, type Destination, DestinationError } from './destination.ts';
import { failed, leftBehind, notComparedInTime, stalled } from './dropped.ts';
import { openFeed } from './feed.ts';
import { watchForStall } from './stall.ts';

/** The part of a fan-out that leads to one destination. */
export interface Branch {
  /** Settles when there is room for more, or when the destination is done for. */
  offer(chunk: Buffer): Promise<void> | undefined;
  /** Whether the destination has stopped taking bytes. */
  isDone(): boolean;
  /** Whether it has taken all that it was given, so that only others can keep it waiting. */
  isReady(): boolean;
  /** There is no more to come, and `content` is what it was. Settles when the destination holds just that for good, or has failed. */
  end(content: Content): Promise<Stored>;
  /** What comes is worthless; settles when the destination has cleaned up. */
  abandon(reason: Error): Promise<void>;
}

export interface BranchOptions {
  readonly signal: AbortSignal;
  readonly clock: () => DateTime;
  /** A destination that moves no byte for so long, while there is one to move, is dropped. */
  readonly stallTimeoutInMs: number;
  /** So long it may move none while it keeps others waiting. Default: 30 s; at the end as long as all has taken until then. */
  readonly holdUpInMs?: number | undefined;
  /** About how large the archive will be. */
  readonly estimatedSizeInBytes?: number | undefined;
}

/** Longer than the longest pause before a store that is busy is asked again. */
const defaultHoldUpInMs = 30_000;

/** A destination that hangs may hang while it cleans up, too. The others do not wait for that longer than this. */
const cleanupInMs = 10_000;

/** `othersWait`: whether another one is ready, and can go on only when this one can. */
export function openBranch(
  destination: Destination,
  key: string,
  options: BranchOptions,
  othersWait: () => boolean,
): Branch {
  const startedAt = options.clock();
  const begunAt = performance.now();
  const { estimatedSizeInBytes, holdUpInMs = defaultHoldUpInMs } = options;
  const dropping = new AbortController();
  const signal = AbortSignal.any([options.signal, dropping.signal]);
  let isReady = true;
  let hasFailed = false;

  const stall = watchForStall(() => drop(stalled(destination, options.stallTimeoutInMs)));
  const holdUp = watchForStall(() => {
    if (othersWait()) drop(leftBehind(destination));
  });
  const onMoved = () => {
    stall.moved();
    holdUp.moved();
  };
  const feed = openFeed(onMoved);
  const storing = destination
    .store(key, feed.content, signal, { onMoved, estimatedSizeInBytes })
    .catch(fail)
    .finally(() => feed.close());
  // Whoever waits for it waits here, so that it is never a rejection nobody handles.
  const settled = Promise.race([Promise.allSettled([storing]), cleanupAfter(dropping.signal)]);

  function fail(error: unknown): never {
    hasFailed = true;
    throw error;
  }

  function drop(reason: Error): void {
    hasFailed = true;
    dropping.abort(reason);
    feed.close(reason);
  }

  async function watched<T>(work: Promise<T>, patienceInMs: number): Promise<T> {
    isReady = false;
    const result = await holdUp.during(stall.during(work, options.stallTimeoutInMs), patienceInMs);
    isReady = true;
    return result;
  }

  async function stored(content: Content): Promise<Comparison> {
    const patienceInMs = Math.max(holdUpInMs, performance.now() - begunAt);
    await watched(settled, patienceInMs);
    dropping.signal.throwIfAborted();
    await storing;
    if (!feed.content.readableEnded)
      throw new DestinationError(`${destination.name} stopped reading before the end of the archive.`);
    const comparing = compare(destination, key, content, signal, onMoved).catch(unlessDropped);
    return watched(comparing, patienceInMs);
  }

  /** It has arrived: that it does not come back in time says nothing against it. */
  function unlessDropped(error: unknown): Comparison {
    if (options.signal.aborted || !dropping.signal.aborted) throw error;
    return { compared: false, note: notComparedInTime(destination).message };
  }

  return {
    offer(chunk) {
      const room = feed.offer(chunk);
      return room && watched(room, holdUpInMs);
    },
    isDone: feed.isClosed,
    isReady: () => isReady && !hasFailed,
    async end(content) {
      feed.end();
      try {
        const comparison = await stored(content).catch(fail);
        const seconds = options.clock().diff(startedAt).as('seconds');
        const { sizeInBytes } = content;
        const path = destination.locate(key);
        return {
          outcome: 'stored',
          destination: destination.name,
          path,
          sizeInBytes,
          seconds,
          ...comparison,
        };
      } catch (error) {
        return failed(destination, dropping.signal.aborted ? dropping.signal.reason : error);
      }
    },
    async abandon(reason) {
      drop(reason);
      await settled;
    },
  };
}

async function cleanupAfter(dropping: AbortSignal): Promise<void> {
  await once(dropping, 'abort');
  await after(cleanupInMs, undefined, { ref: false });
}
