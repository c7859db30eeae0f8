import type { Ask, Platform } from '../chat/platform.ts';
import type { Access, Asker } from '../domain/access.ts';
import type { Report } from '../domain/report.ts';
import type { Address } from '../domain/who.ts';
import type { Log } from '../log.ts';
import type { Cards } from './cards.ts';
import type { DigestTools } from './digest/digest-tools.ts';
import type { Outbox } from './outbox.ts';

/** What answering takes. */
export interface Answering extends DigestTools {
  readonly access: Access;
  readonly cards: Cards;
  readonly outbox: Outbox;
  readonly platforms: readonly Platform[];
  readonly log: Log;
}

/** What came of words: told at once, and the jobs that will tell more. */
export interface Answered {
  readonly told: readonly Report[];
  readonly pending: readonly string[];
  readonly runId?: string;
}

/** Who asks, as the rules know them. */
export function askerOf({ from, where, standing }: Pick<Ask, 'from' | 'where' | 'standing'>): Asker {
  return { who: from, where, ...(standing && { standing }) };
}

/** Answers are for whoever asked; a run's card is for everybody in the place. */
export function toAsker({ where, from }: Ask): Address {
  return { ...where, onlyFor: from.id };
}
