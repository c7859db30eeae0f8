import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import type { Ask } from '../chat/platform.ts';
import { toInstant } from '../domain/instant.ts';
import { addressName } from '../domain/who.ts';
import type { Log } from '../log.ts';
import { sentenceOf } from '../log.ts';
import type { State } from '../state/state.ts';

const lifetimeInSeconds = 90 * 24 * 3600;

/** What became of words: carried out, answered, refused, or not understood. */
export type Decision = 'allowed' | 'refused' | 'not-understood';

/** Writes down who asked for what, where, and what was decided: into the log, and for 90 days into the state. Never rejects. */
export async function audit(
  ask: Ask,
  decision: Decision,
  parts: { readonly state: State; readonly log: Log; readonly now: DateTime; readonly runId?: string },
): Promise<void> {
  const entry = {
    at: toInstant(parts.now),
    who: ask.from.id,
    where: addressName(ask.where),
    words: ask.words,
    decision,
    ...(parts.runId !== undefined && { runId: parts.runId }),
  };
  parts.log.info(`${entry.who} asked for "${entry.words}": ${decision}.`, { audit: entry });
  try {
    await parts.state.remember(`audit.${entry.at}.${randomUUID()}`, entry, lifetimeInSeconds);
  } catch (thrown) {
    parts.log.warn(`The audit entry is only in this log: ${sentenceOf(thrown)}`);
  }
}
