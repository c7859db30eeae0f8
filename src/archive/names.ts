/** The name of a file in the archive: below `relativeTo`, and for whatever is not beneath it, below `/`. */
export function nameInArchive(path: string, relativeTo: string | undefined): string {
  const isInside = relativeTo !== undefined && isBeneath(path, relativeTo);
  return isInside ? fromFolder(path, relativeTo) : path.slice(1);
}

/** Both absolute, without `..` and slashes at the end. */
export function isBeneath(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(withSlash(folder));
}

/** `/srv/shop/a.txt`, `/srv` → `shop/a.txt`; nothing for the folder itself. */
export function fromFolder(path: string, folder: string): string {
  return path.slice(withSlash(folder).length);
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}
