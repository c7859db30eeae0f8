import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { humanDuration } from '../domain/units.ts';
import { type Content, type Destination, DestinationError } from './destination.ts';
import { comparing } from './read-back.ts';
import { watchForStall } from './stall.ts';

interface ReadOptions {
  readonly signal: AbortSignal;
  /** A destination that gives no byte for so long is given up. */
  readonly stallTimeoutInMs: number;
  /** Hears how many bytes came. */
  readonly onRead: (bytes: number) => void;
}

/**
 * Reads what a destination holds under `key` from its first byte to its last, whoever stored it and whenever, and compares.
 * @throws {DestinationError} of the kind `differs` when it is not `expected`; of another one when it cannot be read to its end.
 * @throws the reason of the `signal` as soon as that is aborted.
 */
export async function readWhole(
  destination: Destination,
  key: string,
  expected: Content,
  { signal, stallTimeoutInMs, onRead }: ReadOptions,
): Promise<void> {
  signal.throwIfAborted();
  const silence = new AbortController();
  const stall = watchForStall(() => silence.abort(silent(destination, key, stallTimeoutInMs)));
  const ending = AbortSignal.any([signal, silence.signal]);

  async function read(): Promise<void> {
    const stored = addAbortSignal(ending, destination.read(key));
    for await (const chunk of comparing(destination.name, key, stored, expected)) {
      stall.moved();
      onRead(chunk.length);
    }
  }

  await stall.during(Promise.race([whenAborted(ending), read()]), stallTimeoutInMs);
}

/** A read that hangs may hang when it is to end, too; nobody waits for that. */
async function whenAborted(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}

function silent({ name }: Destination, key: string, timeoutInMs: number): DestinationError {
  return new DestinationError(
    `${name} gave no byte of ${key} for ${humanDuration(timeoutInMs / 1000)}, so it was given up. Verify again once it answers.`,
    { kind: 'not-reached' },
  );
}
