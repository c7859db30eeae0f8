import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `implied`: a folder that has entries beneath it and is none itself. */
export type NamedKind = 'implied' | 'folder' | 'leaf';

export interface NameTable {
  /**
   * Takes a name in a folder of the archive, or says that it is `taken`. `alike`: it is taken now, and another name in
   * that folder differs from it in capitals or in how its accents are written, and in nothing else.
   */
  claim(folder: string, name: string, kind: NamedKind): 'new' | 'alike' | 'taken';
}

/**
 * All names of an archive as hashes in open addressing, 16 to 32 bytes each, where a million names as text would take 200 MB. Two names
 * that have one hash by chance look like one name, and the second gets another: nothing is lost by it.
 */
export function openNameTable(): NameTable {
  let slots = new Uint32Array(firstSlots * words);
  let used = 0;

  function put(slot: Slot): void {
    let at = startOf(slot, slots);
    while (slots[at + 2] !== 0) at = nextOf(at, slots);
    slots.set(slot, at);
    used += 1;
  }

  function grow(): void {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    used = 0;
    for (let at = 0; at < old.length; at += words) {
      if (old[at + 2] !== 0) put([old[at], old[at + 1], old[at + 2]] as Slot);
    }
  }

  return {
    claim(folder, name, kind) {
      const slot = slotOf(folder, name, kind);
      let isAlike = false;
      for (let at = startOf(slot, slots); slots[at + 2] !== 0; at = nextOf(at, slots)) {
        if (slots[at] !== slot[0] || slots[at + 1] !== slot[1]) continue;

        const there = slots[at + 2] as number;
        if (there >>> 2 === slot[2] >>> 2) {
          const joined = join(there & 3, slot[2] & 3);
          if (joined === undefined) return 'taken';
          slots[at + 2] = (there & ~3) | joined;
          return 'new';
        }
        isAlike = true;
      }
      put(slot);
      if (used * 4 > (slots.length / words) * 3) grow();
      return isAlike ? 'alike' : 'new';
    },
  };
}

/** A folder may be implied by several paths, and be an entry itself; everything else is there once. */
function join(there: number, wanted: number): number | undefined {
  if (states[wanted] === 'implied' && states[there] !== 'leaf') return there;
  return states[there] === 'implied' && states[wanted] === 'folder' ? wanted : undefined;
}

/** Two words for the folder and the name without capitals and in one normal form, one for the name as it is and its state. */
type Slot = readonly [number, number, number];

function slotOf(folder: string, name: string, kind: NamedKind): Slot {
  const folded = name.normalize('NFC').toLowerCase();
  const key = hash('sha1', Buffer.from(`${folder}/${folded}`, 'utf16le'), 'buffer');
  const exact = crc32(Buffer.from(name, 'utf16le')) & ~3;
  return [key.readUInt32LE(0), key.readUInt32LE(4), (exact | states.indexOf(kind)) >>> 0];
}

function startOf([word]: Slot, { length }: Uint32Array): number {
  return (word * words) % length;
}

function nextOf(at: number, { length }: Uint32Array): number {
  return (at + words) % length;
}

const words = 3;
const firstSlots = 1024;

/** By the number that stands for them in the lowest two bits; 0 is a free slot. */
const states: readonly (NamedKind | undefined)[] = [undefined, 'implied', 'folder', 'leaf'];
