import { Readable } from 'node:stream';
import type { Entry } from './archive.ts';
import { smallInBytes } from './batches.ts';
import { type Packed, pack } from './packed.ts';

/** What there is to write of an entry; folders and links have no content. */
export interface Prepared {
  readonly entry: Entry;
  readonly content?: Packed | Readable;
}

/**
 * Opens entries together and, as far as they are small, reads and compresses them: most of the time a small file takes is
 * waiting. Those that are gone are left out. When one fails, all are closed.
 */
export async function prepareEntries(entries: readonly Entry[]): Promise<Prepared[]> {
  const outcomes = await Promise.allSettled(entries.map(prepareEntry));
  const prepared = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' ? (outcome.value ?? []) : [],
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return prepared;

  closeAll(prepared);
  throw failed.reason;
}

export function closeAll(prepared: readonly Prepared[]): void {
  for (const { content } of prepared) if (content instanceof Readable) content.destroy();
}

async function prepareEntry(entry: Entry): Promise<Prepared | undefined> {
  if (entry.kind !== 'file') return { entry };
  const content = await entry.open();
  if (content === undefined) return undefined;
  if ((entry.sizeInBytes ?? Number.POSITIVE_INFINITY) > smallInBytes) return { entry, content };

  const read = await readWhole(content);
  return { entry, content: read instanceof Readable ? read : await pack(read, entry.name) };
}

/** What has become large since it was seen stays a stream. */
async function readWhole(content: Readable): Promise<Buffer | Readable> {
  const start: Buffer[] = [];
  let sizeInBytes = 0;
  const rest = content[Symbol.asyncIterator]();
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    start.push(next.value);
    sizeInBytes += next.value.length;
    if (sizeInBytes > smallInBytes) return joined(start, content, rest);
  }
  return Buffer.concat(start);
}

function joined(start: readonly Buffer[], content: Readable, rest: AsyncIterableIterator<Buffer>): Readable {
  async function* all() {
    yield* start;
    yield* rest;
  }
  return Readable.from(all(), { objectMode: false }).once('close', () => content.destroy());
}
