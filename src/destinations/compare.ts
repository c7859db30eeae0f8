import type { Stored } from '../domain/report.ts';
import { type Content, type Destination, DestinationError } from './destination.ts';
import { notComparedInTime } from './dropped.ts';
import { removeWorthless } from './remove-worthless.ts';
import { watchForStall } from './stall.ts';

/** What comparing a copy has shown: that it is the same, or why that is not known. */
export type Comparison = Pick<Extract<Stored, { outcome: 'stored' }>, 'compared' | 'note'>;

/**
 * Has a destination compare what it holds under `key` with what was sent. What could not be compared is not known to differ: it
 * counts as stored, with a note that says so, because a copy that cannot be read back today is worth more than none. Only what
 * differs, and differs again when it is read a second time, is removed: a bit may have changed on its way back.
 * @throws {DestinationError} when it differs, or is not there
 */
export async function compare(
  destination: Destination,
  key: string,
  content: Content,
  signal: AbortSignal,
  onMoved: () => void,
): Promise<Comparison> {
  const look = async () => ({
    compared: (await destination.verify(key, content, signal, { onMoved })) === 'verified',
  });
  try {
    return await look();
  } catch (first) {
    signal.throwIfAborted();
    if (!differs(first)) return notCompared(first);
    return lookAgain(look, first, destination, key);
  }
}

interface Patience {
  readonly signal: AbortSignal;
  /** A destination that gives no byte for so long is given up. */
  readonly stallTimeoutInMs: number;
}

/** The same for a copy that nobody sends right now. @throws as `compare` */
export async function compareInTime(
  destination: Destination,
  key: string,
  content: Content,
  { signal, stallTimeoutInMs }: Patience,
): Promise<Comparison> {
  const silence = new AbortController();
  const stall = watchForStall(() => silence.abort());
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    return await stall.during(compare(destination, key, content, either, stall.moved), stallTimeoutInMs);
  } catch (error) {
    if (signal.aborted || !silence.signal.aborted) throw error;
    return { compared: false, note: notComparedInTime(destination).message };
  }
}

async function lookAgain(
  look: () => Promise<Comparison>,
  first: DestinationError,
  destination: Destination,
  key: string,
): Promise<Comparison> {
  try {
    const second = await look();
    if (second.compared) return { ...second, note: unsteady(destination, key) };
  } catch (second) {
    if (differs(second)) throw await removeWorthless(destination, key, second);
    if (!(second instanceof DestinationError)) throw second;
  }
  throw new DestinationError(
    `${first.message} It could not be read a second time, so it was not removed; do not count on ${destination.locate(key)}.`,
    { kind: 'differs', cause: first },
  );
}

function differs(thrown: unknown): thrown is DestinationError {
  return thrown instanceof DestinationError && thrown.kind === 'differs';
}

/** @throws what was thrown, unless all it says is that nobody could look. */
function notCompared(thrown: unknown): Comparison {
  if (!(thrown instanceof DestinationError) || thrown.kind === 'missing') throw thrown;
  return { compared: false, note: thrown.message };
}

function unsteady({ name }: Destination, key: string): string {
  return `${key} came back from ${name} as something else the first time, and as it was stored the second: what is kept is whole, but somewhere on its way bytes are changed. See whether the memory and the network of both machines are in order.`;
}
