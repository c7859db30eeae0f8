import { readableText } from './naming/bytes.ts';

/** A file or folder on this machine. Its name is bytes; most, but not all names are UTF-8. */
export interface Place {
  /** What the system is asked for. */
  readonly bytes: Buffer;
  /** What people, globs and archives read. */
  readonly path: string;
}

export function placeOf(path: string): Place {
  return { bytes: Buffer.from(path), path };
}

export function beneath(folder: Place, name: Buffer): Place {
  const isTop = folder.path === '/';
  return {
    bytes: Buffer.concat([isTop ? Buffer.alloc(0) : folder.bytes, Buffer.from('/'), name]),
    path: `${isTop ? '' : folder.path}/${readableText(name)}`,
  };
}

/** The same for the same bytes alone; two paths that people read alike may differ. */
export function idOf({ bytes }: Place): string {
  return bytes.toString('latin1');
}
