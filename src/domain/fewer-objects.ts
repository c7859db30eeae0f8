import type { DatabaseObjects } from './manifest.ts';
import { humanCount, humanList } from './units.ts';

/** `3 triggers and 1 view`: what there is less of than before; `undefined` when there is no less of anything. */
export function fewerObjects(before: DatabaseObjects, now: DatabaseObjects): string | undefined {
  const fewer = kinds
    .map((kind) => ({ kind, missing: before[kind] - now[kind] }))
    .filter(({ missing }) => missing > 0)
    .map(({ kind, missing }) => humanCount(missing, kind.slice(0, -1)));
  return fewer.length === 0 ? undefined : humanList(fewer);
}

const kinds = ['tables', 'views', 'sequences', 'routines', 'triggers', 'events'] as const;
