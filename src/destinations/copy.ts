import { Readable } from 'node:stream';
import type { Stored } from '../domain/report.ts';
import type { Content, Destination } from './destination.ts';
import { type FanOutOptions, fanOut } from './fan-out.ts';
import { comparing } from './read-back.ts';

/**
 * Copies the archive under `key` from a destination that has it to others that have not, in one reading. What is read is compared
 * on its way, so that damage is not handed on. One row a destination, in their order.
 * @throws {DestinationError} when `from` cannot be read, or holds something else. @throws what the `signal` was aborted with.
 */
export async function copyArchive(
  from: Destination,
  to: readonly Destination[],
  key: string,
  archive: Content,
  options: FanOutOptions,
): Promise<Stored[]> {
  const source = Readable.from(comparing(from.name, key, from.read(key), archive), { objectMode: false });
  const { stored } = await fanOut(source, to, key, options);
  return stored.map((row) => (row.outcome === 'stored' ? { ...row, copiedFrom: from.name } : row));
}
