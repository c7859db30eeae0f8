import { z } from 'zod';
import type { Message } from '../chat/message.ts';
import type { Platform, Posted } from '../chat/platform.ts';
import { Address, addressName } from '../domain/who.ts';
import type { Log } from '../log.ts';
import { sentenceOf } from '../log.ts';
import type { State } from '../state/state.ts';
import { openLeads } from './lead.ts';

/** How long a card is known after its run was asked for, should the run never end. */
const lifetimeInSeconds = 7 * 24 * 3600;

/** No frame waits for room as long as that. */
const endedForSeconds = 3600;

/** `meantFor` is where its run was asked for, when another place had to take the card. */
const SavedCard = z.object({ to: Address, id: z.string(), meantFor: Address.optional() });

/** Where a card stands, and where it belongs. */
interface Placed extends Posted {
  readonly meantFor?: Address | undefined;
}

interface Card {
  /** Where it stands, once its first form was taken. */
  readonly posted: Promise<Placed | undefined>;
  /** The frame that waits while another is on its way; a newer one takes its place. */
  next?: Message;
  /** What was last sent, to send nothing twice. */
  shown: string;
  sending?: Promise<void>;
}

/**
 * One message a run: posted when it is asked for, edited while it goes on, and edited for the last time with the result.
 * Where the card of a run stands is kept in the state, so that another bot process goes on with the same message. Of
 * several processes one shows all progress on a platform, or they would share its patience without knowing.
 */
export interface Cards {
  /**
   * Knows of the card of work asked for in `place`, and waits for `post` to say where it stands: nowhere, when there will be
   * none. A result that comes in the meantime waits too, so that it is never overtaken by the card's first form.
   */
  open(runId: string, place: Address, post: () => Promise<Posted | undefined>): Promise<void>;
  /** Shows how far the run is. Frames may be dropped; equal ones are. @throws {StateError} */
  show(runId: string, message: Message): Promise<void>;
  /** The last form, after which no frame comes any more. False when the run has no card, or none that can still be edited. */
  close(runId: string, to: Address, message: Message): Promise<boolean>;
  /** Where the card stands need not be known any more. Not before it is kept that people were told: who died in between edits it again. @throws {StateError} */
  forget(runId: string): Promise<void>;
}

export function openCards(platformOf: (to: Address) => Platform | undefined, state: State, log: Log): Cards {
  const cards = new Map<string, Card>();
  const leads = openLeads(state);

  async function cardOf(runId: string): Promise<Card | undefined> {
    const known = cards.get(runId);
    if (known !== undefined) return known;

    const saved = SavedCard.safeParse(await state.recall(`card.${runId}`));
    if (!saved.success || platformOf(saved.data.to) === undefined) return undefined;
    const card: Card = { posted: Promise.resolve(saved.data as Placed), shown: '' };
    cards.set(runId, card);
    return card;
  }

  async function edit(card: Card, message: Message, still?: () => Promise<boolean>): Promise<boolean> {
    const posted = await card.posted;
    const platform = posted && platformOf(posted.to);
    return posted !== undefined && platform !== undefined && (await platform.edit(posted, message, still));
  }

  /** Nobody else can show what only this process can reach. */
  async function isMineToShow(card: Card): Promise<boolean> {
    const { platform = '', process } = (await card.posted)?.to ?? {};
    return process !== undefined || (await leads.isMine(`progress.${platform}`));
  }

  /** Any process may have given the card its last form while a frame waited for room in this one. */
  async function goesOn(runId: string): Promise<boolean> {
    return (await state.recall(endedKey(runId))) === undefined;
  }

  /** Never rejects: a frame that is lost is made up for by the next. */
  async function sendFrames(runId: string, card: Card): Promise<void> {
    while (card.next !== undefined) {
      const frame = card.next;
      delete card.next;
      try {
        await edit(card, frame, () => goesOn(runId));
      } catch (thrown) {
        log.debug(`A frame was lost: ${sentenceOf(thrown)}`);
      }
    }
  }

  return {
    async open(runId, place, post) {
      const card: Card = { posted: post().then((posted) => posted && placed(posted, place)), shown: '' };
      cards.set(runId, card);
      try {
        const posted = await card.posted;
        if (posted !== undefined) return await state.remember(`card.${runId}`, posted, lifetimeInSeconds);
      } catch (thrown) {
        cards.delete(runId); // The result will be a message of its own.
        throw thrown;
      }
      cards.delete(runId);
    },
    async show(runId, message) {
      const card = await cardOf(runId);
      const drawn = JSON.stringify(message);
      if (card === undefined || card.shown === drawn || !(await isMineToShow(card))) return;

      card.shown = drawn;
      card.next = message;
      card.sending ??= sendFrames(runId, card).finally(() => delete card.sending);
      await card.sending;
    },
    async close(runId, to, message) {
      const card = await cardOf(runId);
      if (card === undefined) return false;

      const posted = await card.posted;
      if (posted === undefined || addressName(posted.meantFor ?? posted.to) !== addressName(to)) return false;
      delete card.next;
      await card.sending;
      await state.remember(endedKey(runId), true, endedForSeconds);
      const edited = await edit(card, message);
      cards.delete(runId);
      return edited;
    },
    forget: (runId) => state.forget(`card.${runId}`),
  };
}

function placed(posted: Posted, meantFor: Address): Placed {
  return addressName(posted.to) === addressName(meantFor) ? posted : { ...posted, meantFor };
}

function endedKey(runId: string): string {
  return `card.${runId}.ended`;
}
