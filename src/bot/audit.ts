import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Ask } from '../chat/platform.ts';
import { toInstant } from '../domain/instant.ts';
import { addressName } from '../domain/who.ts';
import type { Log } from '../log.ts';
import { sentenceOf } from '../log.ts';
import type { State } from '../state/state.ts';

const lifetimeInSeconds = 90 * 24 * 3600;

/** What became of words. `failed`: allowed, but something was away that is needed for it. */
export type Decision = 'allowed' | 'refused' | 'not-understood' | 'failed';

interface Audited {
  readonly decision: Decision;
  /** The command the words were read as, as one would type it. */
  readonly understood?: string;
  readonly runId?: string;
}

/** Writes down who asked for what, where, and what was decided: into the log, and for 90 days into the state. Never rejects. */
export async function audit(
  ask: Ask,
  audited: Audited,
  { state, log, clock }: { readonly state: State; readonly log: Log; readonly clock: () => DateTime },
): Promise<void> {
  const at = toInstant(clock());
  const entry = { at, who: ask.from.id, where: addressName(ask.where), words: ask.words, ...audited };
  log.info(`${entry.who} asked for "${entry.words}": ${audited.decision}.`, { audit: entry });
  try {
    await state.remember(`audit.${at}.${randomUUID()}`, entry, lifetimeInSeconds);
  } catch (thrown) {
    log.warn(`The audit entry is only in this log: ${sentenceOf(thrown)}`);
  }
}
