import { keptByPolicy } from './world.ts';

interface Place {
  readonly name: string;
  /** Good backups that were there at the last look. */
  readonly before: readonly string[];
  /** Those that are there now, and any that came since. */
  readonly now: readonly string[];
}

/** What is missing at a place and may not be, in sentences. After a clean that somebody confirmed, old backups may be; else none. */
export function wronglyGone({ name, before, now }: Place, wasCleaned: boolean): string[] {
  const gone = before.filter((key) => !now.includes(key));
  if (!wasCleaned) return gone.map((key) => `${key} has gone from ${name}`);

  // A clean may have seen one backup more than the last look, but not the one that was asked for after it.
  const newest = before.toSorted().slice(1 - keptByPolicy);
  const tooFew = now.length < Math.min(keptByPolicy, before.length);
  return [
    ...gone.filter((key) => newest.includes(key)).map((key) => `${key}, the newest, has gone from ${name}`),
    ...(tooFew ? [`A clean has left only ${now.length} at ${name}: ${gone.join(', ')} went`] : []),
  ];
}
