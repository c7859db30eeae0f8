import type { CleanupPlan } from '../retention.ts';

/**
 * Eleven letters and digits that stand for exactly what a plan removes and keeps, whatever the order of the listing and
 * the hour it was made: one backup more or less, and they differ. What a person confirms is bound to them.
 */
export function planHash({ keep, remove }: CleanupPlan): string {
  const facts = [
    ...keep.map(({ backup }) => `keep ${backup.key}`),
    ...remove.map(({ backup }) => `remove ${backup.key}`),
  ];
  return hash53(facts.toSorted().join('\n')).toString(36).padStart(11, '0');
}

/** Not against forgers, who could not write our keys; against chance. The function cyrb53: https://github.com/bryc/code */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
