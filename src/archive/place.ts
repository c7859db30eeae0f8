import { isAscii, isUtf8 } from 'node:buffer';

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
    path: `${isTop ? '' : folder.path}/${readable(name)}`,
  };
}

/** Names that are not UTF-8 are mostly old ones in Latin-1, where each byte is a letter: no two become the same. */
function readable(name: Buffer): string {
  return name.toString(isPlain(name) ? 'utf8' : 'latin1');
}

/** Name by name, as a walk reads them: a target in two encodings leads to what the archive has. */
export function readableTarget(target: Buffer): string {
  const names = target.toString('latin1').split('/');
  return names.map((name) => readable(Buffer.from(name, 'latin1'))).join('/');
}

export function isPlain(name: Buffer): boolean {
  return isAscii(name) || isUtf8(name);
}
