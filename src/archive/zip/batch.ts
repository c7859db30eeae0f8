import type { Entry } from '../archive.ts';
import type { Line } from './line.ts';
import { batchInBytes, entriesInBatch, entryOnTheWayInBytes } from './sizes.ts';
import type { Step } from './step.ts';
import type { Item, PackedEntries } from './task.ts';

/** Entries that are sent to a thread together, because each alone would cost more time on its way than there. */
export interface Batch {
  add(entry: Entry, item: Item): Promise<void>;
  /** Sends what there is, without waiting for more. */
  send(): Promise<void>;
}

export function openBatch(line: Line): Batch {
  let entries: Entry[] = [];
  let items: Item[] = [];
  let sizeInBytes = 0;

  async function send(): Promise<void> {
    if (entries.length === 0) return;
    const step = stepOf(entries, line.run({ kind: 'entries', items }));
    const contentInBytes = sizeInBytes + entries.length * entryOnTheWayInBytes;
    [entries, items, sizeInBytes] = [[], [], 0];
    await line.put(step, contentInBytes);
  }

  return {
    async add(entry, item) {
      const itsSize = item.content?.length ?? (entry.kind === 'file' ? (entry.sizeInBytes ?? 0) : 0);
      if (sizeInBytes + itsSize > batchInBytes) await send();
      entries.push(entry);
      items.push(item);
      sizeInBytes += itsSize;
      if (entries.length === entriesInBatch) await send();
    },
    send,
  };
}

async function stepOf(entries: readonly Entry[], packing: Promise<PackedEntries>): Promise<Step> {
  const { bytes, entries: packed } = await packing;
  return { kind: 'entries', bytes, made: entries.map((entry, at) => ({ ...packed[at], entry })) };
}
