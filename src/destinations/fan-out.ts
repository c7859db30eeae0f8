import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type { DateTime } from 'luxon';
import type { Stored } from '../domain/report.ts';
import { type Branch, openBranch } from './branch.ts';
import type { Destination } from './destination.ts';

export interface FanOutOptions {
  readonly signal: AbortSignal;
  readonly clock: () => DateTime;
  /** Called with all that has left so far. Cheap; the caller throttles. */
  onBytes?(sizeInBytes: number): void;
}

export interface FannedOut {
  /** One row a destination, in their order. */
  readonly stored: Stored[];
  /** What was stored. `undefined` when every destination failed; then the stream need not have been read to its end. */
  readonly archive: { readonly sha256: string; readonly sizeInBytes: number } | undefined;
}

/**
 * Stores one stream under `key` at every destination at once, hashed and counted on its way. The slowest sets the pace, so memory
 * stays flat; one that fails is dropped with its reason, and the others get theirs. With nobody left the stream is destroyed.
 * When the stream itself fails, or the `signal`, nothing is visible anywhere. @throws what made the stream fail.
 */
export async function fanOut(
  source: Readable,
  destinations: readonly Destination[],
  key: string,
  { signal, clock, onBytes }: FanOutOptions,
): Promise<FannedOut> {
  const branches = destinations.map((destination) => openBranch(destination, key, signal, clock));
  try {
    const archive = await pour(addAbortSignal(signal, source), branches, onBytes);
    const stored = await Promise.all(branches.map((branch) => branch.end()));
    if (stored.some(({ outcome }) => outcome === 'stored')) return { stored, archive };
    signal.throwIfAborted();
    return { stored, archive: undefined };
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    await Promise.all(branches.map((branch) => branch.abandon(reason)));
    throw reason;
  }
}

async function pour(source: Readable, branches: readonly Branch[], onBytes?: (sizeInBytes: number) => void) {
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    await Promise.all(branches.map((branch) => branch.offer(chunk)));
    if (branches.every((branch) => branch.isDone())) return undefined;
    hash.update(chunk);
    sizeInBytes += chunk.length;
    onBytes?.(sizeInBytes);
  }
  return { sha256: hash.digest('hex'), sizeInBytes };
}
