import type { Entry, ReadOutcome } from '../archive.ts';
import type { Codec } from './codec.ts';
import { factsOf } from './item.ts';
import { type LargeEntry, largeEntry } from './large-entry.ts';
import type { Ledger } from './ledger.ts';
import type { FileEntry, Made, Step } from './step.ts';
import type { TooLarge } from './task.ts';

interface Writing {
  readonly codec: Codec;
  readonly ledger: Ledger;
  /** Called for a file that has become too large to be read whole, and has yet to be sent as a large one. */
  onGrown(entry: Entry): void;
}

/** Turns one step after the other into bytes of the archive. What it throws is what a file says to how it was read. */
export function openWriter({ codec, ledger, onGrown }: Writing): (step: Step) => Uint8Array[] {
  let large: LargeEntry | undefined;

  function enter(made: readonly Made[]): void {
    let at = ledger.offset();
    for (const { entry, written, outcome } of made) {
      if (entry.kind === 'file' && outcome) hear(entry, outcome);
      if (written === undefined) continue;

      const header = { ...factsOf(entry), compressionMethod: written.compressionMethod };
      ledger.enter(entry, header, written, at);
      ledger.count(entry, written.uncompressedSize);
      at += written.lengthInBytes;
    }
  }

  function hear(entry: FileEntry, outcome: ReadOutcome | TooLarge): void {
    if (outcome.kind === 'too large') onGrown(grown(entry, outcome));
    else entry.onDisk?.hear(outcome);
  }

  return (step) => {
    switch (step.kind) {
      case 'entries':
        enter(step.made);
        return [step.bytes];
      case 'begin':
        large = largeEntry(step, codec, ledger);
        return large.begin();
      case 'block':
        return large?.add(step.block) ?? [];
      case 'end':
        return large?.end(step.file) ?? [];
    }
  };
}

/** A file without a size is asked for its content, as a dump is. */
function grown({ onDisk, ...entry }: FileEntry, { sizeInBytes }: TooLarge): FileEntry {
  return sizeInBytes === undefined || onDisk === undefined ? entry : { ...entry, sizeInBytes, onDisk };
}
