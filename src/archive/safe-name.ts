/**
 * A name that cannot leave the folder an archive is unpacked in, here or on Windows, whatever an entry calls itself:
 * `/../etc/passwd` → `etc/passwd`, `..\x` → `.._x`. Names that stay inside are kept as they are, also odd ones.
 */
export function safeName(name: string): string {
  const segments = name
    .replaceAll('\0', '_')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.map(withoutHiddenWayUp).join('/') || '_';
}

/** Windows takes a backslash for a slash and `C:` for a drive. */
function withoutHiddenWayUp(segment: string, position: number): string {
  const isAbsolute = position === 0 && /^(\\|[a-z]:)/i.test(segment);
  const climbs = segment.split('\\').includes('..');
  return isAbsolute || climbs ? segment.replaceAll(/[\\:]/g, '_') : segment;
}
