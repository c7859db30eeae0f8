import type { Folder, Found } from '../look.ts';
import { nameInArchive } from '../names.ts';
import type { Place } from '../place.ts';
import type { Reading } from '../reading.ts';
import { eachSegment, exactText, isPlain, readableText, shown } from './bytes.ts';
import type { NamedKind } from './name-table.ts';
import type { Named, Naming } from './naming.ts';

/** What files of this machine are called in an archive. Warns of each name that is not the file's own. */
export interface FileNames {
  /** Of a path to include; empty for the one that names are relative to. A folder that is included is no entry itself. */
  ofInclude(place: Place, kind: Found['kind']): string;
  ofPlaceIn(folder: Folder, place: Place, kind: Found['kind']): string;
  /** Where a link leads, name by name as files are called: a target in two encodings leads to its file. */
  ofTarget(place: Place, target: Buffer): string;
}

export function fileNames(naming: Naming, { selection, warnings }: Reading): FileNames {
  const textOf = naming.keepsBytes ? exactText : readableText;

  function give(path: string, folder: string, segment: string, kind: NamedKind): string {
    const named = naming.name(folder, segment, kind);
    for (const [oddity, sentence] of oddities(path, named)) warnings.add(oddity, sentence);
    return named.name;
  }

  function warnOfBytes(what: string, bytes: Buffer): void {
    if (naming.keepsBytes || isPlain(bytes)) return;
    warnings.add('name', `${what} is not UTF-8; the archive has it as if it were Latin-1.`);
  }

  return {
    ofInclude({ path }, kind) {
      if (path === selection.relativeTo) return '';
      const own = nameInArchive(path, selection.relativeTo);
      const outer = path.slice(0, path.length - own.length);
      const segments = own.split('/').filter((segment) => segment !== '');

      return segments.reduce((above, segment, at) => {
        const to = outer + segments.slice(0, at + 1).join('/');
        const isLast = at === segments.length - 1;
        return give(to, above, segment, isLast && kind !== 'folder' ? 'leaf' : 'implied');
      }, '');
    },
    ofPlaceIn(folder, place, kind) {
      const segment = place.bytes.subarray(place.bytes.lastIndexOf('/') + 1);
      warnOfBytes(`The name of ${place.path}`, segment);
      const above = folder.place.path === selection.relativeTo ? '' : folder.name;
      return give(place.path, above, textOf(segment), kind === 'folder' ? 'folder' : 'leaf');
    },
    ofTarget({ path }, target) {
      warnOfBytes(`The target of the link ${path}`, target);
      return eachSegment(target, textOf);
    },
  };
}

/** What to say of a name that is not the entry's own, or that some systems take for another one. */
export function oddities(what: string, { name, instead, isAlike }: Named): ['renamed' | 'alike', string][] {
  return [
    ...(instead ? [['renamed', renamed(what, name, instead)] as ['renamed', string]] : []),
    ...(isAlike ? [['alike', alike(what, name)] as ['alike', string]] : []),
  ];
}

function renamed(what: string, name: string, { of, because }: NonNullable<Named['instead']>): string {
  const why =
    because === 'taken'
      ? `"${shown(of)}" is the name of another entry`
      : 'its own name would be longer than the 255 bytes that file systems take';
  return `The archive has ${what} as "${shown(name)}": ${why}.`;
}

function alike(what: string, name: string): string {
  return `The archive has ${what} as "${shown(name)}", which differs from another name only in capitals or in how accents are written: Windows and macOS keep one of the two when they unpack it.`;
}
