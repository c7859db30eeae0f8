import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Stored } from '../domain/report.ts';
import { type Branch, type BranchOptions, openBranch } from './branch.ts';
import type { Content, Destination } from './destination.ts';

export interface FanOutOptions extends BranchOptions {
  /** Called with all that has left so far. Cheap; the caller throttles. */
  onBytes?(sizeInBytes: number): void;
  /** Called when all of the stream has left, and nothing has appeared yet; never when every destination failed on the way. What it fails with fails the whole. */
  beforeItAppears?(content: Content): Promise<void>;
}

export interface FannedOut {
  /** One row a destination, in their order. */
  readonly stored: Stored[];
  /** What was stored. `undefined` when every destination failed; then the stream need not have been read to its end. */
  readonly archive: Content | undefined;
}

/**
 * Stores one stream under `key` at every destination at once, hashed and counted on its way, and compares what each then holds.
 * The slowest sets the pace, so memory stays flat; one that fails or comes to a halt is dropped with its reason, sooner when it keeps
 * others waiting, and the others get theirs. With nobody left the stream is destroyed.
 * When the stream itself fails, or the `signal`, nothing is visible anywhere. @throws what made the stream fail.
 */
export async function fanOut(
  source: Readable,
  destinations: readonly Destination[],
  key: string,
  options: FanOutOptions,
): Promise<FannedOut> {
  const { signal, onBytes, beforeItAppears } = options;
  const branches: Branch[] = destinations.map((destination, at) =>
    openBranch(destination, key, options, () => branches.some((other, its) => its !== at && other.isReady())),
  );
  try {
    const content = await pour(addAbortSignal(signal, source), branches, onBytes);
    if (!areDone(branches)) await beforeItAppears?.(content);
    const stored = await Promise.all(branches.map((branch) => branch.end(content)));
    if (stored.some(({ outcome }) => outcome === 'stored')) return { stored, archive: content };
    signal.throwIfAborted();
    return { stored, archive: undefined };
  } catch (error) {
    const reason = signal.aborted ? signal.reason : error;
    await Promise.all(branches.map((branch) => branch.abandon(reason)));
    throw reason;
  }
}

/** What went by, up to where nobody took any more. */
async function pour(
  source: Readable,
  branches: readonly Branch[],
  onBytes?: (sizeInBytes: number) => void,
): Promise<Content> {
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    await Promise.all(branches.map((branch) => branch.offer(chunk)));
    hash.update(chunk);
    sizeInBytes += chunk.length;
    if (areDone(branches)) break;
    onBytes?.(sizeInBytes);
  }
  return { sha256: hash.digest('hex'), sizeInBytes };
}

/** Every destination has failed. */
function areDone(branches: readonly Branch[]): boolean {
  return branches.every((branch) => branch.isDone());
}
