/**
 * A name that cannot leave the folder an archive is unpacked in, here or on Windows, whatever an entry calls itself:
 * `/../etc/passwd` → `etc/passwd`, `..\x` → `.._x`. Names that stay inside are kept as they are, also odd ones.
 */
export function safeName(name: string): string {
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.map((segment, position) => safeSegment(segment, position === 0)).join('/') || '_';
}

/** What a single name between two slashes becomes. Windows takes a backslash for a slash and `C:` for a drive. */
export function safeSegment(segment: string, isFirst: boolean): string {
  const whole = segment.replaceAll('\0', '_');
  const isAbsolute = isFirst && /^(\\|[a-z]:)/i.test(whole);
  const climbs = whole.split('\\').includes('..');
  return isAbsolute || climbs ? whole.replaceAll(/[\\:]/g, '_') : whole;
}
