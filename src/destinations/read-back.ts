import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import { humanBytes } from '../domain/units.ts';
import { type Content, DestinationError, type StoreOptions } from './destination.ts';

/**
 * Reads what `name` holds under `key` from beginning to end, and compares.
 * @throws {DestinationError} of the kind `differs` when it is not what was stored; what `stored` fails with, as it is.
 */
export async function readBack(
  name: string,
  key: string,
  stored: Readable,
  expected: Content,
  signal: AbortSignal,
  { onMoved }: Pick<StoreOptions, 'onMoved'> = {},
): Promise<void> {
  for await (const _chunk of comparing(name, key, addAbortSignal(signal, stored), expected)) onMoved?.();
}

/** The bytes of `stored` as they are read; fails at the end, with a {@link DestinationError}, when they were not what was expected. */
export async function* comparing(
  name: string,
  key: string,
  stored: AsyncIterable<Buffer>,
  expected: Content,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  for await (const chunk of stored) {
    hash.update(chunk);
    sizeInBytes += chunk.length;
    yield chunk;
  }
  if (sizeInBytes !== expected.sizeInBytes) throw otherSize(name, key, sizeInBytes, expected.sizeInBytes);
  if (hash.digest('hex') !== expected.sha256) throw otherContent(name, key);
}

export function otherSize(name: string, key: string, held: number, stored: number): DestinationError {
  return new DestinationError(
    `${name} does not hold what was stored as ${key}: it has ${humanBytes(held)} (${held} bytes) of ${humanBytes(stored)} (${stored} bytes). See whether its disks and its software are in order.`,
    { kind: 'differs' },
  );
}

function otherContent(name: string, key: string): DestinationError {
  return new DestinationError(
    `${name} does not hold what was stored as ${key}: the size is right, the SHA-256 checksum is not. See whether its disks and its software are in order.`,
    { kind: 'differs' },
  );
}
