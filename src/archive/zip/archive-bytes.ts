import type { Entry } from '../archive.ts';
import type { Codec } from './codec.ts';
import type { Ledger } from './ledger.ts';
import { stepsOf } from './steps-of.ts';
import type { Task } from './task.ts';
import type { Threads } from './threads.ts';
import { openWriter } from './writer.ts';

interface Tools {
  readonly codec: Codec;
  readonly ledger: Ledger;
  readonly threads: Threads<Task, unknown>;
  readonly signal: AbortSignal;
}

/** All bytes of an archive: the entries, those that turned out to be larger than thought, and the directory. */
export async function* archiveBytes(
  entries: Entries,
  { codec, ledger, threads, signal }: Tools,
): AsyncGenerator<Uint8Array> {
  const grown: Entry[] = [];
  const write = openWriter({ codec, ledger, onGrown: (entry) => grown.push(entry) });

  for (let some: Entries | undefined = entries; some !== undefined; some = takeAll(grown)) {
    for await (const step of stepsOf(some, { codec, threads, signal })) {
      for (const bytes of write(step)) {
        ledger.wrote(bytes.length);
        if (bytes.length > 0) yield bytes;
      }
    }
  }
  yield* ledger.close();
}

type Entries = AsyncIterable<Entry>;

function takeAll(grown: Entry[]): Entries | undefined {
  return grown.length === 0 ? undefined : each(grown.splice(0));
}

async function* each(entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
}
