import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import type { Stored } from '../domain/report.ts';
import { humanDuration } from '../domain/units.ts';
import { compare } from './compare.ts';
import { type Content, type Destination, DestinationError } from './destination.ts';
import { openFeed } from './feed.ts';
import { watchForStall } from './stall.ts';

/** The part of a fan-out that leads to one destination. */
export interface Branch {
  /** Settles when there is room for more, or when the destination is done for. */
  offer(chunk: Buffer): Promise<void> | undefined;
  /** Whether the destination has stopped taking bytes. */
  isDone(): boolean;
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
  /** About how large the archive will be. */
  readonly estimatedSizeInBytes?: number | undefined;
}

/** A destination that hangs may hang while it cleans up, too. The others do not wait for that longer than this. */
const cleanupInMs = 10_000;

export function openBranch(destination: Destination, key: string, options: BranchOptions): Branch {
  const startedAt = options.clock();
  const dropping = new AbortController();
  const signal = AbortSignal.any([options.signal, dropping.signal]);
  const stall = watchForStall(options.stallTimeoutInMs, () => drop(stalled(destination, options)));
  const feed = openFeed(stall.moved);
  const { estimatedSizeInBytes } = options;
  const storing = destination
    .store(key, feed.content, signal, { onMoved: stall.moved, estimatedSizeInBytes })
    .finally(() => feed.close());
  // Whoever waits for it waits here, so that it is never a rejection nobody handles.
  const settled = Promise.race([Promise.allSettled([storing]), cleanupAfter(dropping.signal)]);

  function drop(reason: Error): void {
    dropping.abort(reason);
    feed.close(reason);
  }

  async function stored(): Promise<void> {
    await stall.during(settled);
    dropping.signal.throwIfAborted();
    await storing;
    if (!feed.content.readableEnded)
      throw new DestinationError(`${destination.name} stopped reading before the end of the archive.`);
  }

  return {
    offer(chunk) {
      const room = feed.offer(chunk);
      return room && stall.during(room);
    },
    isDone: feed.isClosed,
    async end(content) {
      feed.end();
      try {
        await stored();
        const compared = await stall.during(compare(destination, key, content, signal, stall.moved));
        const seconds = options.clock().diff(startedAt).as('seconds');
        const { sizeInBytes } = content;
        const path = destination.locate(key);
        return { outcome: 'stored', destination: destination.name, path, sizeInBytes, seconds, compared };
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

function stalled({ name }: Destination, { stallTimeoutInMs }: BranchOptions): DestinationError {
  return new DestinationError(
    `${name} took no byte for ${humanDuration(stallTimeoutInMs / 1000)}, so it was given up.`,
    { kind: 'not-reached' },
  );
}

function failed({ name }: Destination, error: unknown): Stored {
  return {
    outcome: 'failed',
    destination: name,
    reason: error instanceof Error ? error.message : String(error),
    refused: !(error instanceof DestinationError && error.kind === 'not-reached'),
  };
}
