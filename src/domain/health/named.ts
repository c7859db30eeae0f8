import type { Backup } from '../backup.ts';
import { humanCount, humanList } from '../units.ts';

const mostNamed = 3;

/** `a, b, c and 12 others`. */
export function named(backups: readonly Pick<Backup, 'key'>[]): string {
  const others = backups.length - mostNamed;
  const keys = backups.slice(0, mostNamed).map(({ key }) => key);
  return humanList(others > 0 ? [...keys, humanCount(others, 'other')] : keys);
}
