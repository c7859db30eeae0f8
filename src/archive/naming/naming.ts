import { bytesOf } from './bytes.ts';
import { type NamedKind, openNameTable } from './name-table.ts';
import { safeSegment } from './safe-name.ts';

export interface Named {
  /** All of the name in the archive, from its top. */
  readonly name: string;
  /** What it would have been called, when that name is another entry's, or too long for a file system. */
  readonly instead?: { readonly of: string; readonly because: 'taken' | 'too long' };
  /** A name beside it differs in capitals or in how its accents are written, and in nothing else. */
  readonly isAlike: boolean;
}

/** Gives each entry of an archive a name that no other has, and that lies beneath no file and no link. */
export interface Naming {
  /** Whether names that are not UTF-8 go into the archive as they are. */
  readonly keepsBytes: boolean;
  /** `folder` is a name that was given, or empty for the top of the archive. */
  name(folder: string, segment: string, kind: NamedKind): Named;
}

/** For one archive. */
export function openNaming({ keepsBytes }: Pick<Naming, 'keepsBytes'>): Naming {
  const table = openNameTable();
  let lastNumber = 9;

  return {
    keepsBytes,
    name(folder, segment, kind) {
      const wanted = safeSegment(segment, folder === '');
      let given = fitting(wanted);
      let claimed = table.claim(folder, given, kind);
      for (let number = 2; claimed === 'taken'; number += 1) {
        // Beyond nine each number is given once in an archive, as thousands of names may become one.
        given = fitting(wanted, ` (${number < 10 ? number : ++lastNumber})`);
        claimed = table.claim(folder, given, kind);
      }

      const named = { name: below(folder, given), isAlike: claimed === 'alike' };
      if (given === wanted) return named;
      const because = lengthInBytes(wanted) > longestInBytes ? 'too long' : 'taken';
      return { ...named, instead: { of: below(folder, wanted), because } };
    },
  };
}

function below(folder: string, segment: string): string {
  return folder === '' ? segment : `${folder}/${segment}`;
}

function lengthInBytes(text: string): number {
  return bytesOf(text).length;
}

/** What Linux, macOS and Windows have room for. */
const longestInBytes = 255;

/** With the number before the ending, `café (2).txt`, and cut where it is too long. */
function fitting(name: string, number = ''): string {
  // Most names are short, and a million are given: each unit of a text takes three bytes at most.
  if (number === '' && name.length * 3 <= longestInBytes) return name;
  const [, stem = name, ending = ''] = /^(.*[^.])(\.[^.]{1,11})$/su.exec(name) ?? [];
  const characters = Array.from(stem);
  while (lengthInBytes(characters.join('') + number + ending) > longestInBytes) characters.pop();
  return characters.join('') + number + ending;
}
