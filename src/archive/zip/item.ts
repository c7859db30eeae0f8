import type { Entry } from '../archive.ts';
import { safeName } from '../naming/safe-name.ts';
import type { Item } from './task.ts';

type Facts = Pick<Item, 'fileName' | 'lastModified' | 'owner'>;

/** A name as the format wants it: a folder's ends with a slash. */
export function factsOf({ name, kind, modifiedAt, owner }: Entry): Facts {
  const fileName = safeName(name) + (kind === 'folder' ? '/' : '');
  return { fileName, lastModified: modifiedAt, ...(owner && { owner }) };
}

/** What a link leads to is its content. */
export function itemOf(entry: Exclude<Entry, { kind: 'file' }>): Item {
  const facts = factsOf(entry);
  return entry.kind === 'folder' ? facts : { ...facts, content: new TextEncoder().encode(entry.target) };
}
