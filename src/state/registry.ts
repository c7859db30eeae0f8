import type { Store } from '../store/store.ts';
import { redisState } from './redis.ts';
import { sqlState } from './sql.ts';
import type { State } from './state.ts';

/** The state on the server that the queue stands on. */
export function openState(store: Store): State {
  return store.kind === 'redis' ? redisState(store) : sqlState(store);
}
