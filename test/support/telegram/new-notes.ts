import { randomUUID } from 'node:crypto';
import type { Notes } from '../../../src/chat/tools.ts';
import { openState } from '../../../src/state/registry.ts';
import type { Store } from '../../../src/store/store.ts';

/** Notes in a corner of the store that nobody else uses. */
export function newNotes(store: Store): Notes {
  return openState({ ...store, prefix: `${store.prefix}-${randomUUID()}` });
}
