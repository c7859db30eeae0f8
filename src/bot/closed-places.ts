import { z } from 'zod';
import type { PlaceNews } from '../chat/platform.ts';
import { type Address, addressName } from '../domain/who.ts';
import { type Log, sentenceOf } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import { reportTrouble } from './report-trouble.ts';

/** It is reported again after that, should it still be closed. */
const lifetimeInSeconds = 30 * 24 * 3600;

/** A closed place is tried for a new message after this, should it have been opened while nobody looked. */
const pauseInSeconds = 5 * 60;

const Closed = z.object({ reason: z.string() });

/**
 * The places that take no messages: one record for all platforms and all bot processes. That a place is closed is reported
 * once, in the log and in channels that are open; it is opened again by the first message it takes.
 */
export interface ClosedPlaces extends PlaceNews {
  /** Why a place takes nothing; nothing when it is open or nobody knows. Never rejects. */
  reasonFor(place: Address): Promise<string | undefined>;
  /** Whether it is time to try a closed place: yes for one message, then not for some minutes. Never rejects. */
  isDue(place: Address): Promise<boolean>;
}

interface Tools {
  readonly state: State;
  readonly queue: Queue;
  readonly log: Log;
}

export function closedPlaces({ state, queue, log }: Tools): ClosedPlaces {
  /** While the state is away every place counts as open: at worst a platform says no once more. */
  async function orElse<Found>(asking: Promise<Found>, otherwise: Found): Promise<Found> {
    try {
      return await asking;
    } catch (thrown) {
      log.debug(`It is not known which places are closed: ${sentenceOf(thrown)}`);
      return otherwise;
    }
  }

  async function reasonFor(place: Address): Promise<string | undefined> {
    return Closed.safeParse(await orElse(state.recall(keyOf(place)), undefined)).data?.reason;
  }

  return {
    reasonFor,
    isDue: (place) => orElse(state.claim(triedKeyOf(place), true, pauseInSeconds), true),
    async closed(place, reason) {
      const isNew = await orElse(state.claim(keyOf(place), { reason }, lifetimeInSeconds), true);
      if (!isNew) return;
      await orElse(state.claim(triedKeyOf(place), true, pauseInSeconds), true);
      log.warn(`${addressName(place)} takes no messages: ${reason}`);
      const { platform } = place;
      await reportTrouble({ platform, place: addressName(place), problem: reason }, { queue, log });
    },
    async opened(place) {
      if ((await reasonFor(place)) === undefined) return;
      await orElse(state.forget(keyOf(place)), undefined);
      await orElse(state.forget(triedKeyOf(place)), undefined);
      log.info(`${addressName(place)} takes messages again.`);
    },
  };
}

function keyOf(place: Address): string {
  return `closed.${addressName(place)}`;
}

function triedKeyOf(place: Address): string {
  return `${keyOf(place)}.tried`;
}
