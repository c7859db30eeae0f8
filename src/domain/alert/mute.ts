import type { DateTime } from 'luxon';
import { fromInstant } from '../instant.ts';
import type { AlertState, Mute } from './state.ts';

/** Tells nothing of the app until the end of the mute; one it had before is replaced. */
export function mute(state: AlertState, mute: Mute): AlertState {
  return { ...state, mutes: [...withoutApp(state.mutes, mute.app), mute] };
}

/** Tells of the app again, beginning with what is wrong. */
export function unmute(state: AlertState, app: string): AlertState {
  return { ...state, mutes: withoutApp(state.mutes, app) };
}

/** The mutes that have not ended. */
export function mutesAt(mutes: readonly Mute[], now: DateTime): Mute[] {
  return mutes.filter(({ until }) => fromInstant(until) > now);
}

function withoutApp(mutes: readonly Mute[], app: string): Mute[] {
  return mutes.filter((each) => each.app !== app);
}
