import type { Standing } from '../domain/access.ts';
import type { Address, PersonId, Who } from '../domain/who.ts';
import type { Message } from './message.ts';

/** Words somebody typed, and where. */
export interface Ask {
  /** Without the `/backup` in front. */
  readonly words: string;
  readonly from: Who;
  /** Which of their groups count against them, or are unknown. */
  readonly standing?: Standing;
  readonly where: Address;
  /** Nobody else reads the words and the answer. */
  readonly private?: boolean;
  /** The message whose button it was, when it was one. */
  readonly pressedOn?: Posted;
}

/** A message that was posted, so that it can be edited; JSON, because it outlives the process. */
export interface Posted {
  /** Where it really stands; with `onlyFor` when nobody else sees it there. */
  readonly to: Address;
  /** The platform's own id of the message. */
  readonly id: string;
}

/** What a platform does with words. Never rejects; gives the jobs whose last word is still to come. */
export type Answer = (ask: Ask) => Promise<readonly string[]>;

/**
 * Whether words will be refused, and with which message, for a platform that can say so before it does anything else. A
 * refusal is final and written down: it is not to be asked for again. Rejects when nobody knows.
 */
export type Refuse = (ask: Ask) => Promise<Message | undefined>;

/** Brings a platform's own words to whoever they are for, the way every answer goes. Never rejects. */
export type Say = (to: Address, message: Message) => Promise<void>;

/** A chat platform. */
export interface Platform {
  /** The first word of its addresses: `slack`, `console`. */
  readonly name: string;
  /** What its addresses have as their process, when no other process can deliver there. */
  readonly process?: string;
  /** Begins to take words. Resolves once it listens or keeps trying; rejects when it never can. */
  start(answer: Answer, refuse: Refuse, say: Say): Promise<void>;
  /**
   * Posts in one place and nowhere else: where an answer goes next is for the bot to decide.
   * @throws {PlaceClosed} @throws {MessageRefused} @throws {PlatformError} when the platform was not reached: it may work later.
   */
  post(to: Address, message: Message): Promise<Posted>;
  /**
   * Replaces a message. False when it cannot be edited any more, or nothing in its place can, and has to be posted again.
   * A frame of progress may wait for room, and be dropped; `still` is asked when its turn has come. @throws {PlatformError}
   */
  edit(posted: Posted, message: Message, still?: () => Promise<boolean>): Promise<boolean>;
  /**
   * The groups of somebody who speaks on another platform, with an account that is linked with this one: they take rights
   * and give none. Never rejects. A platform without groups of its own leaves it out.
   */
  standingOf?(id: string): Promise<Standing>;
  /** An address that opens a private conversation and says this code there, where the platform has such; nothing until it knows. */
  deepLink?(code: string): string | undefined;
  /** The conversation between this person and the bot, where the platform has such. */
  conversationWith?(person: PersonId): Address | undefined;
  /** Where a command that this person gave in a place may still be answered, for them alone, whoever may post in that place. */
  replyAddress?(place: Address, person: PersonId): Address | undefined;
  close(): Promise<void>;
}

/** What a platform learns of places without posting there, such as that the bot was removed. */
export interface PlaceNews {
  /** Nothing can be posted there from now on. `reason` is a sentence. Never rejects. */
  closed(place: Address, reason: string): Promise<void>;
  /** The bot was let in again. Never rejects. */
  opened(place: Address): Promise<void>;
}

/** The platform was not reached or could not do it, in words. It may work later. */
export class PlatformError extends Error {
  override name = 'PlatformError';
}

/** What takes no messages: a whole place, or only a part of it, such as one thread or the view of one person. */
export type ClosedScope = 'place' | 'part';

/** The platform said that a place takes no messages from the bot. Trying again at once does not help; a person may open it. */
export class PlaceClosed extends PlatformError {
  override name = 'PlaceClosed';
  readonly scope: ClosedScope;

  constructor(message: string, scope: ClosedScope, options?: ErrorOptions) {
    super(message, options);
    this.scope = scope;
  }
}

/** The platform does not take this message, and would not take it later. That says nothing about the place. */
export class MessageRefused extends PlatformError {
  override name = 'MessageRefused';
}
