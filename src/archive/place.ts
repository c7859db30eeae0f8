import { readableText } from './naming/bytes.ts';

/** A file or folder on this machine. Its name is bytes; most, but not all names are UTF-8. */
export interface Place {
  /** The whole path. */
  readonly bytes: Buffer;
  /** What the system is asked for while the walk is in its folder. */
  readonly reach: Buffer;
  /** What people, globs and archives read. */
  readonly path: string;
}

export function placeOf(path: string): Place {
  const bytes = Buffer.from(path);
  return { bytes, reach: bytes, path };
}

/** `reach` is that of the folder. */
export function beneath(folder: Place, reach: Buffer, name: Buffer): Place {
  const isTop = folder.path === '/';
  return {
    bytes: Buffer.concat([isTop ? Buffer.alloc(0) : folder.bytes, slash, name]),
    reach: Buffer.concat([reach, slash, name]),
    path: `${isTop ? '' : folder.path}/${readableText(name)}`,
  };
}

const slash = Buffer.from('/');

/** The same for the same bytes alone; two paths that people read alike may differ. */
export function idOf({ bytes }: Place): string {
  return bytes.toString('latin1');
}
