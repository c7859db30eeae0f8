import { createRequire } from 'node:module';

const entries = ['mysql2', 'mysql2/promise'];

/**
 * The npm package mysqldump, talking to servers through our mysql2. It asks for version 2, which has known holes; npm heeds
 * our `overrides` only in this repository and not where Holdfast is installed as a package, so it is told here again.
 * `from` is the file whose `node_modules` are looked at.
 */
export function loadMysqldump(from: string = import.meta.url): typeof import('mysqldump') {
  const ours = createRequire(from);
  const its = createRequire(ours.resolve('mysqldump'));
  for (const entry of entries) {
    ours(entry);
    // What is in the cache is what `require` gives. https://nodejs.org/api/modules.html#requirecache
    ours.cache[its.resolve(entry)] = ours.cache[ours.resolve(entry)];
  }
  return ours('mysqldump');
}
